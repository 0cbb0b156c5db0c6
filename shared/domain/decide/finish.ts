import { accept } from '../refusal.ts';
import { type Decider, refusedAs, ticketForAction } from './decider.ts';
import { finishVisit } from './finish-visit.ts';

/** Ends the visit at a counter; before `start` only where the hall does not confirm arrivals (LIFE-4). */
export const finish: Decider<'finish'> = (hall, setup, { counterId, outcome, quantity, actor }, now) => {
  const { ticket, refused } = ticketForAction(hall, setup, counterId, actor, 'finish');
  if (refused) return refused;
  if (ticket.status === 'called' && setup.rules.confirmsArrival) return refusedAs(ticket, 'finish');
  return accept(finishVisit(hall, setup, ticket, { counterId, outcome, quantity: quantity ?? 1 }, now));
};
