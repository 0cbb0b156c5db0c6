import { event } from '../events.ts';
import { accept } from '../refusal.ts';
import { type Decider, factsOf, ticketForAction } from './decider.ts';

/** Shows and speaks the call again (LIFE-2). */
export const recall: Decider<'recall'> = (hall, setup, { counterId, actor }) => {
  const { ticket, refused } = ticketForAction(hall, setup, counterId, actor, 'recall');
  return refused ?? accept(event('ticket.recalled', { ...factsOf(ticket), counterId }));
};
