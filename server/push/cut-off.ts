import type { Socket } from 'socket.io';

/** Whoever was told to go and has not gone by then is cut off, ms. */
const goWithinMs = 1_000;
/** Unsent packets or bytes after which a page counts as frozen and is cut off: it begins anew when it is back. */
const packetLimit = 100;
const byteLimit = 256 * 1024;

/** A connection under a socket of socket.io. */
export type Connection = Socket['conn'];

/** What of a WebSocket is not public in socket.io's types: there is no other way to see one that stopped reading (V9). */
interface Transport {
  readonly socket?: { readonly bufferedAmount: number; readonly terminate: () => void };
}

/** Tells a socket to go, and sees to it that it does. */
export const turnOut = (socket: Pick<Socket, 'conn' | 'disconnect'>): void => {
  socket.disconnect(true);
  breakOffSoon(socket.conn);
};

/** A connection that was ended waits half a minute for a client that does not answer that: no longer than a second here. */
export const breakOffSoon = (connection: Connection): void =>
  void setTimeout(() => breakOff(connection), goWithinMs).unref();

/**
 * Closing would wait until all that is unsent has been read and the other side has answered: a page that does neither
 * would keep it all. The connection is broken instead; a page makes another when it is back.
 */
export const breakOff = ({ transport }: Connection): void => (transport as unknown as Transport).socket?.terminate();

/** Breaks a connection off that reads no more. */
export const cutOffIfFrozen = (connection: Connection): void => {
  const { writeBuffer, transport } = connection as unknown as {
    writeBuffer: readonly unknown[];
    transport: Transport;
  };
  const unsentBytes = transport.socket?.bufferedAmount ?? 0;
  if (writeBuffer.length > packetLimit || unsentBytes > byteLimit) breakOff(connection);
};
