import { event } from '../events.ts';
import { accept } from '../refusal.ts';
import { type Decider, factsOf, ticketToMove } from './decider.ts';

/** Sets a ticket aside while its visitor fetches something; it comes back by itself (HOLD-1). */
export const holdTicket: Decider<'hold-ticket'> = (hall, setup, { ticketId, reason, minutes, actor }, now) => {
  const { ticket, refused } = ticketToMove(hall, setup, ticketId, actor, 'hold');
  if (refused) return refused;
  const until = now + minutes * 60_000;
  return accept(event('ticket.held', { ...factsOf(ticket), counterId: ticket.counterId, reason, until }));
};
