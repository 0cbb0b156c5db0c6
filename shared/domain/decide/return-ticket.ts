import { event } from '../events.ts';
import { accept } from '../refusal.ts';
import { type Decider, factsOf, refusedAs, ticketToMove } from './decider.ts';

/** Puts a ticket back into its line at the place it had (HOLD-2, MOVE-1); a visitor only after their own wish (MORE-2). */
export const returnTicket: Decider<'return-ticket'> = (hall, setup, { ticketId, actor }) => {
  const { ticket, refused } = ticketToMove(hall, setup, ticketId, actor, 'return');
  if (refused) return refused;
  if (actor.kind === 'visitor' && !ticket.hold?.byVisitor) return refusedAs(ticket, 'return');
  return accept(event('ticket.returned', { ...factsOf(ticket), counterId: ticket.counterId }));
};
