import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Which way a chunk goes: `up` from the client to the store, `down` back. */
export type Direction = 'up' | 'down';

/** One connection through the proxy. */
export interface Link {
  /** The proxy's own port towards the store, by which the store knows the connection. */
  readonly port: () => number | undefined;
  /** Keeps everything in that direction from here on, until `release`. */
  readonly hold: (direction: Direction) => void;
  /** Sends on what was kept, and lets everything through again. */
  readonly release: (direction: Direction) => void;
  /** Reads no more from the store, as a client that hangs, until `thaw`. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** Ends the connection on both sides; what was kept is lost. */
  readonly cut: () => void;
}

export interface TcpProxy {
  /** The given URL, through the proxy. */
  readonly url: string;
  /**
   * Called with every chunk before it is sent on: to hold or cut its link, or to lose the chunk (`drop`). One at a time;
   * `null` takes it away.
   */
  onChunk: ((link: Link, direction: Direction, chunk: Buffer) => 'drop' | void) | null;
  readonly links: () => readonly Link[];
  readonly close: () => Promise<void>;
}

/** Stands between a node and its store on this machine, and can hold or cut what passes at any moment. */
export const startTcpProxy = async (targetUrl: string): Promise<TcpProxy> => {
  const target = new URL(targetUrl);
  const links = new Set<Link>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const store = connect({ host: target.hostname, port: Number(target.port), allowHalfOpen: true });
    client.setNoDelay(true);
    store.setNoDelay(true);
    const link = joinSockets(client, store, (direction, chunk) => proxy.onChunk?.(link, direction, chunk));
    links.add(link);
    store.once('close', () => links.delete(link));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(targetUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  const proxy: TcpProxy = {
    url: url.href,
    onChunk: null,
    links: () => [...links],
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const link of links) link.cut();
      await closed;
    },
  };
  return proxy;
};

const joinSockets = (
  client: Socket,
  store: Socket,
  look: (direction: Direction, chunk: Buffer) => 'drop' | void,
): Link => {
  const kept: Record<Direction, (Buffer | 'end')[] | null> = { up: null, down: null };
  const to = { up: store, down: client };
  const pass = (direction: Direction, what: Buffer | 'end'): void => {
    if (kept[direction]) kept[direction].push(what);
    else if (what === 'end') to[direction].end();
    else to[direction].write(what);
  };
  const take = (direction: Direction) => (chunk: Buffer) => {
    if (look(direction, chunk) !== 'drop') pass(direction, chunk);
  };
  client.on('data', take('up'));
  store.on('data', take('down'));
  client.on('end', () => pass('up', 'end'));
  store.on('end', () => pass('down', 'end'));
  // A side that was killed ends the other one, unless what it sent is still kept for it.
  client.on('error', () => kept.up ?? store.destroy());
  store.on('error', () => client.destroy());
  client.on('close', () => kept.up ?? store.end());
  store.on('close', () => client.end());
  return {
    port: () => store.localPort,
    hold: (direction) => (kept[direction] ??= []),
    release: (direction) => {
      const chunks = kept[direction] ?? [];
      kept[direction] = null;
      for (const chunk of chunks) pass(direction, chunk);
    },
    freeze: () => void store.pause(),
    thaw: () => void store.resume(),
    cut: () => {
      client.destroy();
      store.destroy();
    },
  };
};
