import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A TCP way to a server that can be cut as a pulled cable is: nothing is closed, nothing comes through any more. */
export interface CuttableProxy {
  readonly address: string;
  /** From now on bytes go nowhere, in both directions, and new connections are not answered. */
  readonly cut: () => void;
  readonly heal: () => void;
  readonly close: () => Promise<void>;
}

export const startProxy = async (target: string): Promise<CuttableProxy> => {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server: Server = createServer((near) => {
    // A connection made while the cable is out would hang in the network; it stays unanswered for good.
    sockets.add(near);
    near.on('error', () => {}).on('close', () => sockets.delete(near));
    if (isCut) return;
    const far = connect(Number(port), hostname);
    sockets.add(far);
    far.on('error', () => near.destroy()).on('close', () => sockets.delete(far));
    near.on('data', (bytes) => !isCut && far.write(bytes)).on('close', () => !isCut && far.destroy());
    far.on('data', (bytes) => !isCut && near.write(bytes)).on('close', () => !isCut && near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => (isCut = true),
    heal: () => {
      isCut = false;
      // What was lost on the way is never sent again: such a connection is of no use to either side.
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
