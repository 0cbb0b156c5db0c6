import { connect, type Socket } from 'node:net';

/** The part of postgres.js' options that says where the server is. */
export interface SocketAddress {
  readonly host: readonly string[];
  readonly port: readonly number[];
  /** Of a Unix socket. */
  readonly path?: string | false;
}

/**
 * A socket to Postgres that ends itself when something was sent and nothing comes back for so long. Without that a
 * connection whose other side vanished stays in the pool until the kernel gives up on it, a quarter of an hour later,
 * and every statement given to it waits in vain.
 *
 * @param silentMs longer than the server itself may take for a statement
 */
export const watchedSocket = ({ host, port, path }: SocketAddress, silentMs: number): Socket => {
  const socket = path ? connect(path) : connect({ host: host[0] ?? 'localhost', port: port[0] ?? 5432 });
  let waitingSince: number | null = null;
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  socket.write = (...args: unknown[]): boolean => {
    waitingSince ??= performance.now();
    return write(...args);
  };
  socket.on('data', () => (waitingSince = null));
  const watch = setInterval(() => {
    // postgres.js takes all listeners off a socket that it wraps in TLS, which then is not watched.
    if (socket.destroyed) return clearInterval(watch);
    if (waitingSince === null || performance.now() - waitingSince < silentMs) return;
    socket.destroy(Object.assign(new Error(`Postgres was silent for ${silentMs} ms`), { code: 'ETIMEDOUT' }));
  }, 500).unref();
  return socket;
};
