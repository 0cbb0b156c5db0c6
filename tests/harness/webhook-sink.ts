import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came. */
export interface Posted {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A program on this machine that takes webhooks, and answers as a test wants it; 0: not at all. */
export class WebhookSink {
  readonly taken: Posted[] = [];
  /** The next ones are answered with these, one after another; then with 204. */
  readonly answers: number[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { url: path = '', headers } = request;
        this.taken.push({ path, headers, text: Buffer.concat(parts).toString('utf8') });
        const status = this.answers.shift() ?? 204;
        if (status === 0) return;
        response.writeHead(status, { location: `http://${this.host}/elsewhere` }).end();
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((listening) => this.#server.listen(0, '127.0.0.1', listening));
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}
