import { randomUUIDv7 } from 'node:crypto';
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';

export interface Load {
  readonly address: string;
  /** Each connection posts to the paths in turn, beginning with its own. */
  readonly paths: readonly string[];
  readonly bodyOf: (index: number) => object;
  readonly connections: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The status every answer must have. */
  readonly expected: number;
  /** So many requests; absent: as many as go into `seconds`. */
  readonly amount?: number;
  /** Default 3. */
  readonly seconds?: number;
}

/**
 * Requests per second of keep-alive POSTs, each with a fresh command id, one in flight a connection. Written on bare
 * sockets: a general load tool spends more processor time on building each request than the server under test spends
 * on answering it, and both share this machine.
 */
export const postsPerSecond = async (load: Load): Promise<number> => {
  const { hostname, port } = new URL(load.address);
  const headers = Object.entries(load.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
  const heads = load.paths.map(
    (path) =>
      `POST ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: application/json\r\n${headers.join('')}content-length: `,
  );
  let sent = 0;
  let answered = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + (load.seconds ?? 3) * 1_000;
  const mayGoOn = () => (load.amount ? sent < load.amount : performance.now() < endsAt);
  const one = (first: number) =>
    new Promise<void>((resolve, reject) => {
      let turn = first;
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      const send = () => {
        if (!mayGoOn()) return void socket.end(() => resolve());
        const body = JSON.stringify({ commandId: randomUUIDv7(), ...load.bodyOf(sent++) });
        socket.write(`${heads[turn++ % heads.length]}${body.length}\r\n\r\n${body}`);
      };
      let text = '';
      socket.setEncoding('latin1');
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('data', (chunk: string) => {
        text += chunk;
        const headEnd = text.indexOf('\r\n\r\n');
        if (headEnd < 0) return;
        const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
        if (text.length < headEnd + 4 + length) return;
        if (Number(text.slice(9, 12)) !== load.expected) return void socket.destroy(new Error(text));
        text = '';
        answered += 1;
        send();
      });
    });
  await Promise.all(Array.from({ length: load.connections }, (_, index) => one(index)));
  return answered / ((performance.now() - startedAt) / 1_000);
};
