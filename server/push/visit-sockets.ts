import type { Server as HttpServer } from 'node:http';
import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { BranchId, TicketId } from '@antrean/shared/domain/ids.ts';
import type { Ticket } from '@antrean/shared/domain/ticket.ts';
import { visitSocketPath } from '@antrean/shared/protocol/visit-socket-path.ts';
import { type ServerToVisit, VisitHandshake } from '@antrean/shared/protocol/visit-socket.ts';
import type { Changes } from '@antrean/shared/views/changes.ts';
import { type DefaultEventsMap, Server, type Socket } from 'socket.io';
import { Value } from 'typebox/value';
import type { Branch } from '../hall/branch.ts';
import { cutOffIfFrozen, turnOut } from './cut-off.ts';
import { HallPhones } from './hall-phones.ts';
import { SocketDoor } from './socket-door.ts';
import type { TrustsProxy } from './trusted-proxies.ts';

/** How many phones are connected at most (PHONE-2). Whoever is not asks every ten seconds, as a page without a socket does. */
export interface VisitSocketLimits {
  readonly perAddress: number;
  readonly perNode: number;
  readonly perTicket: number;
}

const usualLimits: VisitSocketLimits = {
  // Behind one address may sit a whole hall with its Wi-Fi, or many halls with one network: a thousand people, two pages each.
  perAddress: 2_000,
  // About 36 kB each: 180 MB, and as many pings a second as a node answers beside its commands.
  perNode: 5_000,
  // A family with all its phones and tabs; one link must not take the place of everybody else.
  perTicket: 10,
};

interface VisitData {
  link: string;
  branch: Branch;
  ticketId: TicketId;
}
type VisitSocket = Socket<DefaultEventsMap, ServerToVisit, DefaultEventsMap, VisitData>;

export interface VisitSocketsOptions {
  /** What a link opens, or why not; with the limits and the end that its page has. Throws what Postgres throws. */
  readonly open: (
    address: string,
    link: string,
  ) => Promise<
    { readonly branch: Branch; readonly ticketId: TicketId; readonly ticket: Ticket | null } | { readonly code: string }
  >;
  /** Whether nothing will become of the ticket of a link any more: its day has gone, or the link has run out. */
  readonly isOver: (link: string) => boolean;
  readonly trusts: TrustsProxy;
  readonly limits?: Partial<VisitSocketLimits>;
}

/** How often is looked whether a link still opens and its phone still reads, ms. */
const lookEveryMs = 10_000;
/** A phone that lost its way knows so after both, ms: till then it would wait for news that cannot come. */
const pingInterval = 10_000;
const pingTimeout = 5_000;
/** A greeting with its link has a tenth of that, bytes. */
const maxHttpBufferSize = 1_024;

/** The sockets of visitors' pages on this node: they hear that there is something new of their ticket, and nothing else. */
export class VisitSockets {
  readonly #io: Server<DefaultEventsMap, ServerToVisit, DefaultEventsMap, VisitData>;
  readonly #options: VisitSocketsOptions;
  readonly #limits: VisitSocketLimits;
  readonly #door: SocketDoor;
  readonly #halls = new Map<BranchId, HallPhones>();
  readonly #looking: NodeJS.Timeout;

  constructor(http: HttpServer, options: VisitSocketsOptions) {
    this.#options = options;
    this.#limits = { ...usualLimits, ...options.limits };
    const { perAddress, perNode: inAll } = this.#limits;
    this.#door = new SocketDoor({ trusts: options.trusts, perAddress, inAll });
    this.#io = new Server(http, {
      ...this.#door.serverOptions(),
      path: visitSocketPath,
      pingInterval,
      pingTimeout,
      maxHttpBufferSize,
    });
    this.#door.open<VisitSocket>(this.#io, (socket) => this.#admit(socket));
    this.#io.on('connection', (socket) => this.#welcome(socket));
    this.#looking = setInterval(() => this.#look(), lookEveryMs);
  }

  follow(hall: Hall, changes: Changes): void {
    this.#halls.get(hall.branchId)?.follow(hall, changes);
  }

  async close(): Promise<void> {
    clearInterval(this.#looking);
    for (const phones of this.#halls.values()) phones.close();
    await this.#io.close();
  }

  async #admit(socket: VisitSocket): Promise<void> {
    const { auth } = socket.handshake;
    if (!Value.Check(VisitHandshake, auth)) throw new Error('VISIT_UNKNOWN');
    const { link } = auth;
    const opened = await this.#options.open(this.#door.addressOf(socket.request), link).catch(() => null);
    if (!opened) throw new Error('STORE_UNAVAILABLE');
    if ('code' in opened) throw new Error(opened.code);
    if (!opened.ticket) throw new Error('VISIT_OVER');
    socket.data = { link, branch: opened.branch, ticketId: opened.ticketId };
  }

  #welcome(socket: VisitSocket): void {
    const { branch, ticketId } = socket.data;
    // Only now: many that greet at once would all find it free.
    if ((this.#io.sockets.adapter.rooms.get(ticketId)?.size ?? 0) >= this.#limits.perTicket) return turnOut(socket);
    const phones = this.#phonesOf(branch);
    void socket.join(ticketId);
    socket.emit('changed', phones.enter(branch.hall, ticketId));
    socket.on('disconnect', () => this.#leave(branch.id, ticketId));
    // There is nothing that a visitor's page has to say (S13).
    socket.use(() => turnOut(socket));
  }

  #phonesOf({ id, hall }: Branch): HallPhones {
    const known = this.#halls.get(id);
    if (known) return known;
    const phones = new HallPhones(hall, (ticketIds, nudge) => this.#io.to([...ticketIds]).emit('changed', nudge));
    this.#halls.set(id, phones);
    return phones;
  }

  #leave(branchId: BranchId, ticketId: TicketId): void {
    if (this.#io.sockets.adapter.rooms.has(ticketId)) return;
    const phones = this.#halls.get(branchId);
    phones?.leave(ticketId);
    if (phones?.count !== 0) return;
    phones.close();
    this.#halls.delete(branchId);
  }

  #look(): void {
    for (const socket of this.#io.sockets.sockets.values()) {
      if (this.#options.isOver(socket.data.link)) {
        socket.emit('ended');
        turnOut(socket);
      } else cutOffIfFrozen(socket.conn);
    }
  }
}
