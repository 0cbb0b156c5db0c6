import type { HallEvent } from '../domain/events.ts';
import { type CounterState, type Hall, ticketAt } from '../domain/hall.ts';
import type { CounterId } from '../domain/ids.ts';
import { type Ticket, waitsSince } from '../domain/ticket.ts';
import type { DeskEntry, TotalsEntry } from '../protocol/screens.ts';
import { boardKeys, boardTouched, boardValue, splitKey } from './board.ts';

/** The staff's view: the board, and who does what at each counter. */
export const floorKeys = function* (hall: Hall): Iterable<string> {
  yield* boardKeys(hall);
  yield 'totals';
  for (const counterId of hall.counters.keys()) yield `desk/${counterId}`;
};

export const floorValue = (hall: Hall, key: string): unknown => {
  const [kind, id = ''] = splitKey(key);
  if (kind === 'totals') return { ...hall.totals } satisfies TotalsEntry;
  if (kind === 'desk') return deskEntry(hall, hall.counters.get(id as CounterId));
  return boardValue(hall, key);
};

export const floorTouched = (event: HallEvent, before: Hall): readonly string[] => {
  const keys = boardTouched(event, before);
  switch (event.type) {
    case 'day.opened':
      return [...keys, 'totals', ...[...before.counters.keys()].map((id) => `desk/${id}`)];
    case 'day.closed':
    case 'setup.changed':
      return keys;
    case 'counter.opened':
    case 'counter.paused':
    case 'counter.resumed':
    case 'counter.closed':
      return [...keys, `desk/${event.data.counterId}`];
    case 'ticket.issued':
    case 'ticket.no-showed':
      return [...keys, 'totals'];
    case 'ticket.rejoined':
    case 'ticket.reassigned':
      return keys;
    case 'ticket.leg-added':
    case 'ticket.noted':
    case 'ticket.cancelled':
    case 'ticket.held':
    case 'ticket.returned':
    case 'ticket.transferred': {
      const counterId = before.tickets.get(event.data.ticketId)?.counterId;
      return [...keys, 'totals', ...(counterId ? [`desk/${counterId}`] : [])];
    }
    case 'ticket.called':
    case 'ticket.recalled':
    case 'ticket.started':
    case 'ticket.finished':
    case 'ticket.missed':
    case 'ticket.went-on':
    case 'ticket.parked':
    case 'ticket.resumed':
    case 'ticket.undone':
      return [...keys, 'totals', `desk/${event.data.counterId}`];
  }
};

const deskEntry = (hall: Hall, counter: CounterState | undefined): DeskEntry | undefined =>
  counter && {
    agentId: counter.agentId,
    status: counter.status,
    pauseReason: counter.pauseReason,
    since: counter.since,
    ticket: ticketEntry(ticketAt(hall, counter.id)),
  };

const ticketEntry = (ticket: Ticket | undefined): DeskEntry['ticket'] =>
  ticket && (ticket.status === 'called' || ticket.status === 'serving')
    ? {
        id: ticket.id,
        number: ticket.number,
        serviceId: ticket.serviceId,
        priority: ticket.priority,
        language: ticket.language,
        status: ticket.status,
        queuedAt: waitsSince(ticket),
        calledAt: ticket.calledAt ?? ticket.queuedAt,
        startedAt: ticket.startedAt,
        recalls: ticket.recalls,
        why: ticket.why,
      }
    : null;
