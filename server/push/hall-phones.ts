import { type Hall, standingBefore } from '@antrean/shared/domain/hall.ts';
import type { EventType, HallEvent } from '@antrean/shared/domain/events.ts';
import type { TicketId } from '@antrean/shared/domain/ids.ts';
import type { VisitNudge } from '@antrean/shared/protocol/visit-socket.ts';
import type { Changes } from '@antrean/shared/views/changes.ts';

/** What becomes of other tickets is gathered so long before any phone is told, ms: a call and the next ticket are one news. */
const gatherMs = 250;
/** A changed place or wait is told to a phone at most this often, ms (PHONE-1). */
const placesEveryMs = 5_000;
/** Who has more than so many before them has time: each look of a phone costs a node some 2.5 ms … */
const nearPlaces = 20;
/** … and they are told at most this often, ms. */
const farPlacesEveryMs = 30_000;
/** Phones look one after another, so many ms apart … */
const apartMs = 10;
/** … but none later than so many ms after it was told. */
const spreadLimitMs = 4_000;

/** What becomes of a ticket and its visitor is not shown: the staff's own matter, which the phone hears nothing of. */
const unseen: ReadonlySet<EventType> = new Set<EventType>(['ticket.noted', 'ticket.reassigned']);
/** What moves the waits of a hall without moving a place in a line. */
const moversOfWaits: ReadonlySet<EventType> = new Set<EventType>([
  'counter.opened',
  'counter.taken-over',
  'counter.paused',
  'counter.resumed',
  'counter.closed',
  'setup.changed',
]);

/** How long many phones may take to look, so that a hall full of them does not ask at once, ms. */
export const spreadOf = (phones: number): number => Math.min(spreadLimitMs, phones * apartMs);

/** Which phones of a hall are told that there is something new, and when (PHONE-1). */
export class HallPhones {
  readonly #tell: (ticketIds: readonly TicketId[], nudge: VisitNudge) => void;
  #hall: Hall;
  /** By ticket: behind how many it was known to stand when its phone was last told, and when; `null`: in no line. */
  readonly #told = new Map<TicketId, { readonly place: number | null; readonly at: number }>();
  #haveWaitsMoved = false;
  #timer: NodeJS.Timeout | null = null;
  #lookedAt = -Infinity;

  constructor(hall: Hall, tell: (ticketIds: readonly TicketId[], nudge: VisitNudge) => void) {
    this.#hall = hall;
    this.#tell = tell;
  }

  get count(): number {
    return this.#told.size;
  }

  /** What a phone is told that has just come: up to which version it should have looked. */
  enter(hall: Hall, ticketId: TicketId): VisitNudge {
    this.#hall = hall;
    if (!this.#told.has(ticketId)) this.#note(ticketId);
    return { version: hall.version, withinMs: spreadOf(this.count) };
  }

  leave(ticketId: TicketId): void {
    this.#told.delete(ticketId);
  }

  follow(hall: Hall, { events, keys }: Changes): void {
    this.#hall = hall;
    const own = new Set(events.filter(({ type }) => !unseen.has(type)).flatMap(ticketOf));
    const concerned = [...own].filter((ticketId) => this.#told.has(ticketId));
    // It looks anew, and sees its place with the rest.
    for (const ticketId of concerned) this.#note(ticketId);
    if (concerned.length > 0) this.#tell(concerned, { version: hall.version, withinMs: 0 });
    if (events.some(({ type }) => moversOfWaits.has(type))) this.#haveWaitsMoved = true;
    if (!this.#haveWaitsMoved && ![...keys].some((key) => key.startsWith('line/'))) return;
    this.#plan();
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  #plan(): void {
    const pauseMs = Math.max(gatherMs, this.#lookedAt + placesEveryMs - performance.now());
    this.#timer ??= setTimeout(() => this.#tellPlaces(), pauseMs);
  }

  #note(ticketId: TicketId): void {
    this.#told.set(ticketId, { place: placeOf(this.#hall, ticketId), at: performance.now() });
  }

  #tellPlaces(): void {
    this.#timer = null;
    this.#lookedAt = performance.now();
    const moved: TicketId[] = [];
    let isSomebodyLeft = false;
    for (const [ticketId, told] of this.#told) {
      const place = placeOf(this.#hall, ticketId);
      if (place === told.place && !(place !== null && this.#haveWaitsMoved)) continue;
      const isFar = place !== null && place > nearPlaces;
      if (isFar && this.#lookedAt - told.at < farPlacesEveryMs) isSomebodyLeft = true;
      else moved.push(ticketId);
    }
    this.#haveWaitsMoved = false;
    for (const ticketId of moved) this.#note(ticketId);
    if (moved.length > 0) this.#tell(moved, { version: this.#hall.version, withinMs: spreadOf(moved.length) });
    if (isSomebodyLeft) this.#plan();
  }
}

const ticketOf = ({ data }: HallEvent): TicketId[] => ('ticketId' in data ? [data.ticketId] : []);

const placeOf = (hall: Hall, ticketId: TicketId): number | null => {
  const ticket = hall.tickets.get(ticketId);
  return ticket?.status === 'waiting' ? standingBefore(hall, ticket) : null;
};
