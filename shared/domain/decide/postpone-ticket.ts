import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import { isAtCounter, moreTimeReason } from '../ticket.ts';
import { type Decider, factsOf, refusedAs } from './decider.ts';

/** Lets others go before a visitor who waits and is not ready yet, for the hall's minutes (MORE-1). */
export const postponeTicket: Decider<'postpone-ticket'> = (hall, setup, { ticketId }, now) => {
  const ticket = hall.tickets.get(ticketId);
  if (!ticket) return refuse('TICKET_UNKNOWN', { ticketId });
  const { number, status, postponed } = ticket;
  const { moreTime } = setup.rules;
  if (isAtCounter(status)) return refuse('ALREADY_CALLED', { ticketId, number });
  if (status !== 'waiting') return refusedAs(ticket, 'hold');
  if (!moreTime) return refuse('MORE_TIME_NOT_ALLOWED', { ticketId, number });
  const { forMs, times } = moreTime;
  if (postponed >= times) return refuse('MORE_TIME_USED_UP', { ticketId, number, times });
  const held = { counterId: null, reason: moreTimeReason, until: now + forMs, byVisitor: true } as const;
  return accept(event('ticket.held', { ...factsOf(ticket), ...held }));
};
