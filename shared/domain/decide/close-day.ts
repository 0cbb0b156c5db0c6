import { event, type NewEvent } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import { isOpen, type Ticket } from '../ticket.ts';
import type { Decider } from './decider.ts';
import { factsOf } from './decider.ts';

/** Closes the business day: every open ticket ends with an event of its own, then every counter closes (DAY-4). */
export const closeDay: Decider<'close-day'> = (hall) => {
  if (!hall.day?.isOpen) return refuse('DAY_NOT_OPEN');
  const ended = [...hall.tickets.values()]
    .filter(({ status }) => isOpen(status))
    .sort((a, b) => a.serial - b.serial)
    .map(endOf);
  const closed = [...hall.counters.keys()].map((counterId) => event('counter.closed', { counterId }));
  return accept(...ended, ...closed, event('day.closed', { date: hall.day.date }));
};

const endOf = (ticket: Ticket): NewEvent => {
  if (ticket.status === 'missed') return event('ticket.no-showed', factsOf(ticket));
  if (ticket.status === 'serving' && ticket.counterId) {
    return event('ticket.finished', { ...factsOf(ticket), counterId: ticket.counterId, outcome: 'day-closed' });
  }
  return event('ticket.cancelled', { ...factsOf(ticket), reason: 'day-closed' });
};
