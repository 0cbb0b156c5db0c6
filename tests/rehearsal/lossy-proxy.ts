import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface LossyProxy {
  readonly address: string;
  /** Answers that were swallowed so far. */
  readonly lost: () => number;
  /** Cuts every connection and passes the next ones on to another server, as when one was killed and another took over. */
  readonly switchTo: (target: string) => void;
  readonly close: () => Promise<void>;
}

/** Stands between client and server, and of every `each` answers cuts the connection instead of passing one on. */
export const startLossyProxy = async (target: string, each: number): Promise<LossyProxy> => {
  let { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let answers = 0;
  let lost = 0;
  const server = createServer((client) => {
    const upstream = connect({ host: hostname, port: Number(port) });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (chunk) => upstream.write(chunk));
    upstream.on('data', (chunk) => {
      answers += 1;
      if (answers % each !== 0) return void client.write(chunk);
      // The server has done what it was asked; the client never hears of it.
      lost += 1;
      client.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lost: () => lost,
    switchTo: (other) => {
      ({ hostname, port } = new URL(other));
      for (const socket of sockets) socket.destroy();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};
