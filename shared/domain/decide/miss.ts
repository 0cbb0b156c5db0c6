import { event } from '../events.ts';
import { accept } from '../refusal.ts';
import { type Decider, factsOf, ticketForAction } from './decider.ts';

/** The visitor did not come to the counter (LIFE-5); once too often is a no-show (MISS-3). */
export const miss: Decider<'miss'> = (hall, setup, { counterId, actor }) => {
  const { ticket, refused } = ticketForAction(hall, setup, counterId, actor, 'miss');
  if (refused) return refused;
  const missed = event('ticket.missed', { ...factsOf(ticket), counterId });
  const { rejoin } = setup.rules;
  const isOnceTooOften = rejoin !== undefined && ticket.misses >= rejoin.times;
  return isOnceTooOften ? accept(missed, event('ticket.no-showed', { ...factsOf(ticket), counterId })) : accept(missed);
};
