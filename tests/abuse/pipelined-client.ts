import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly payload: string;
}

interface Sent {
  readonly bytes: string;
  readonly isHead: boolean;
  readonly answer: (answer: RawAnswer) => void;
  readonly fail: (error: Error) => void;
  tries: number;
}

const endOfHead = Buffer.from('\r\n\r\n');

/** The body that begins at a place, and where the next answer does; `null` while it is not all there. */
const bodyAt = (received: Buffer, head: string, from: number): { text: string; next: number } | null => {
  if (!/\r\ntransfer-encoding: chunked/i.test(head)) {
    const next = from + Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
    return next > received.length ? null : { text: received.toString('utf8', from, next), next };
  }
  const parts: Buffer[] = [];
  for (let at = from; ;) {
    const line = received.indexOf('\r\n', at);
    const size = line === -1 ? 0 : Number.parseInt(received.toString('latin1', at, line), 16);
    const next = line + 2 + size + 2;
    if (line === -1 || next > received.length) return null;
    if (size === 0) return { text: Buffer.concat(parts).toString('utf8'), next };
    parts.push(received.subarray(line + 2, line + 2 + size));
    at = next;
  }
};

/**
 * One keep-alive connection that sends requests without waiting for the answers before (RFC 9112 §9.3.2): so many that
 * sockets cost next to nothing, through the server's own parser. Requests that a closing server left unanswered are sent again.
 */
export class PipelinedClient {
  readonly #host: string;
  readonly #port: number;
  #socket: Socket | null = null;
  #open: Sent[] = [];
  #received: Buffer = Buffer.alloc(0);
  #outgoing: string[] = [];

  constructor(address: string) {
    const { hostname, port } = new URL(address);
    this.#host = hostname;
    this.#port = Number(port);
  }

  send(
    method: string,
    url: string,
    headers: Readonly<Record<string, string>>,
    text: string | undefined,
  ): Promise<RawAnswer> {
    let head = `${method} ${url} HTTP/1.1\r\nhost: ${this.#host}:${this.#port}\r\n`;
    for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
    if (text !== undefined) head += `content-length: ${Buffer.byteLength(text)}\r\n`;
    return new Promise((answer, fail) => {
      this.#write({ bytes: `${head}\r\n${text ?? ''}`, isHead: method === 'HEAD', answer, fail, tries: 0 });
    });
  }

  close(): void {
    this.#socket?.destroy();
  }

  #write(sent: Sent): void {
    this.#open.push(sent);
    // What is sent in one turn of the loop goes out in one write.
    if (this.#outgoing.push(sent.bytes) === 1) {
      setImmediate(() => {
        this.#connected().write(this.#outgoing.join(''));
        this.#outgoing = [];
      });
    }
  }

  #connected(): Socket {
    if (this.#socket) return this.#socket;
    const socket = connect(this.#port, this.#host);
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', () => {});
    socket.on('close', () => this.#isClosed(socket));
    return (this.#socket = socket);
  }

  #isClosed(socket: Socket): void {
    if (this.#socket !== socket) return;
    const again = this.#open;
    [this.#socket, this.#open, this.#outgoing, this.#received] = [null, [], [], Buffer.alloc(0)];
    // Only the first of them can be why the server closed.
    if (again[0] && ++again[0].tries > 3) again.shift()?.fail(new Error('the server closed instead of an answer'));
    for (const sent of again) this.#write(sent);
  }

  #read(chunk: Buffer): void {
    this.#received = this.#received.length > 0 ? Buffer.concat([this.#received, chunk]) : chunk;
    let from = 0;
    for (;;) {
      const end = this.#received.indexOf(endOfHead, from);
      if (end === -1) break;
      const head = this.#received.toString('latin1', from, end);
      const status = Number(head.slice(9, 12));
      const isEmpty = this.#open[0]?.isHead || status === 204 || status === 304;
      const body = isEmpty ? { text: '', next: end + 4 } : bodyAt(this.#received, head, end + 4);
      if (!body) break;
      const payload = body.text;
      from = body.next;
      // Asked to go on with a body that is there already.
      if (status !== 100) this.#open.shift()?.answer({ status, payload });
    }
    this.#received = this.#received.subarray(from);
  }
}
