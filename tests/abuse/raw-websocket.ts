import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** A frame as RFC 6455 §5.2 has it, or as it must not be. */
export const frameOf = (
  payload: Buffer | string,
  how: { opcode?: number; isLast?: boolean; reserved?: number; isMasked?: boolean; length?: number } = {},
): Buffer => {
  const { opcode = 1, isLast = true, reserved = 0, isMasked = true } = how;
  const body = Buffer.from(payload);
  const length = how.length ?? body.length;
  const first = (isLast ? 0x80 : 0) | (reserved << 4) | opcode;
  const mask = isMasked ? 0x80 : 0;
  const size =
    length < 126
      ? Buffer.from([first, mask | length])
      : length < 65_536
        ? Buffer.from([first, mask | 126, length >> 8, length & 0xff])
        : Buffer.concat([Buffer.from([first, mask | 127]), bigEndian(length)]);
  if (!isMasked) return Buffer.concat([size, body]);
  const key = randomBytes(4);
  return Buffer.concat([size, key, body.map((byte, index) => byte ^ key[index % 4]!)]);
};

const bigEndian = (length: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(length));
  return bytes;
};

export interface RawSocket {
  /** Status of the answer to the handshake; 101: it is open. 0: no answer. */
  readonly status: number;
  readonly write: (bytes: Buffer) => void;
  readonly closed: Promise<void>;
  readonly destroy: () => void;
}

export interface RawHandshake {
  readonly path?: string;
  /** Beside those of a right handshake; an empty one is left out. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Where it comes from: any address of the loopback net. */
  readonly from?: string;
}

/** A WebSocket that does exactly as it is told; resolves once the handshake has been answered, or never will be. */
export const openRawSocket = (address: string, { path, headers, from }: RawHandshake = {}): Promise<RawSocket> => {
  const { hostname, port, host } = new URL(address);
  const right: Record<string, string> = {
    host,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
    ...headers,
  };
  const lines = Object.entries(right).filter(([, value]) => value !== '');
  return new Promise((resolve) => {
    const socket: Socket = connect({ port: Number(port), host: hostname, ...(from && { localAddress: from }) }, () =>
      socket.write(
        `GET ${path ?? '/socket.io/?EIO=4&transport=websocket'} HTTP/1.1\r\n` +
          `${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
      ),
    );
    const closed = new Promise<void>((gone) => socket.once('close', () => gone()));
    const answer = (status: number): void =>
      resolve({ status, closed, write: (bytes) => void socket.write(bytes), destroy: () => socket.destroy() });
    socket.on('error', () => {});
    // What comes after the handshake is read and not looked at.
    socket.once('data', (chunk) => {
      answer(Number(chunk.toString('latin1', 9, 12)));
      socket.resume();
    });
    void closed.then(() => answer(0));
  });
};
