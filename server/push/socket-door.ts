import type { IncomingMessage } from 'node:http';
import type { DefaultEventsMap, Server, ServerOptions, Socket } from 'socket.io';
import { breakOff, breakOffSoon, type Connection } from './cut-off.ts';
import { isSameOrigin } from './is-same-origin.ts';
import { SocketsPerAddress } from './sockets-per-address.ts';
import { addressOf, type TrustsProxy } from './trusted-proxies.ts';

/** Whoever has not been let in by then is cut off, ms (S14). */
const joinWithinMs = 5_000;

export interface DoorOptions {
  readonly trusts: TrustsProxy;
  /** At most so many connections from one address (S14). */
  readonly perAddress: number;
  /** At most so many connections in all; absent: any number. */
  readonly inAll?: number;
}

/** What every connection meets before anybody knows whose it is: its origin, the limits, and little time to say it once. */
export class SocketDoor {
  readonly #options: DoorOptions;
  readonly #perAddress: SocketsPerAddress;
  #inAll = 0;
  /** Takes a connection out of the count of its address. */
  readonly #leaves = new WeakMap<Connection, () => void>();
  readonly #joining = new WeakMap<Connection, NodeJS.Timeout>();
  /** Those that were let in, or are being looked at. */
  readonly #greeted = new WeakSet<Connection>();

  constructor(options: DoorOptions) {
    this.#options = options;
    this.#perAddress = new SocketsPerAddress(options.perAddress);
  }

  /** How socket.io is set up behind this door. */
  serverOptions(): Partial<ServerOptions> {
    return {
      transports: ['websocket'],
      serveClient: false,
      perMessageDeflate: false,
      httpCompression: false,
      // Ours is below: this one only asks for the end, and then waits half a minute for a client that does not answer.
      connectTimeout: 2 * joinWithinMs,
      // socket.io's `cors.origin` does not guard WebSockets (V10).
      allowRequest: (request, answer) => answer(null, this.#mayEnter(request)),
    };
  }

  /** Begins to let in whom `admit` does not throw at; what it throws is told to the other side. */
  open<S extends Socket<DefaultEventsMap, DefaultEventsMap>>(
    io: Pick<Server, 'engine' | 'use'>,
    admit: (socket: S) => Promise<void>,
  ): void {
    io.engine.on('connection', (connection: Connection) => {
      this.#inAll += 1;
      const leave = this.#perAddress.enter(this.addressOf(connection.request));
      this.#leaves.set(connection, leave);
      const joining = setTimeout(() => breakOff(connection), joinWithinMs);
      this.#joining.set(connection, joining);
      connection.on('close', () => {
        this.#inAll -= 1;
        clearTimeout(joining);
        leave();
        breakOffSoon(connection);
      });
    });
    io.use((socket, next) => {
      const { conn } = socket;
      // socket.io would make one more socket of each greeting on a connection, which no limit counts.
      if (this.#greeted.has(conn)) return breakOff(conn);
      this.#greeted.add(conn);
      admit(socket as unknown as S).then(
        () => {
          clearTimeout(this.#joining.get(conn));
          next();
        },
        (error: Error) => {
          this.#greeted.delete(conn);
          next(error);
        },
      );
    });
  }

  /** Where a connection came from, as far as balancers are believed. */
  addressOf(request: IncomingMessage): string {
    return addressOf(request, this.#options.trusts);
  }

  /** The connection counts no longer for its address. */
  uncount(connection: Connection): void {
    this.#leaves.get(connection)?.();
  }

  #mayEnter(request: IncomingMessage): boolean {
    const { inAll = Infinity } = this.#options;
    return isSameOrigin(request) && this.#inAll < inAll && !this.#perAddress.isFull(this.addressOf(request));
  }
}
