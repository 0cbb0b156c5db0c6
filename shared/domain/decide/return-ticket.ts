import { event } from '../events.ts';
import { accept } from '../refusal.ts';
import { type Decider, factsOf, ticketToMove } from './decider.ts';

/** Puts a ticket back into its line at the place it had (HOLD-2, MOVE-1). */
export const returnTicket: Decider<'return-ticket'> = (hall, setup, { ticketId, actor }) => {
  const { ticket, refused } = ticketToMove(hall, setup, ticketId, actor, 'return');
  if (refused) return refused;
  return accept(event('ticket.returned', { ...factsOf(ticket), counterId: ticket.counterId }));
};
