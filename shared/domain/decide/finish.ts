import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import { type Decider, factsOf, ticketForAction } from './decider.ts';

/** Ends the visit at a counter; before `start` only where the hall does not confirm arrivals (LIFE-4). */
export const finish: Decider<'finish'> = (hall, setup, { counterId, outcome, actor }) => {
  const { ticket, refused } = ticketForAction(hall, setup, counterId, actor, 'finish');
  if (refused) return refused;
  if (ticket.status === 'called' && setup.rules.confirmsArrival) {
    return refuse('ACTION_NOT_ALLOWED', {
      action: 'finish',
      status: 'called',
      ticketId: ticket.id,
      number: ticket.number,
    });
  }
  return accept(event('ticket.finished', { ...factsOf(ticket), counterId, outcome }));
};
