import { event } from '../events.ts';
import { accept } from '../refusal.ts';
import { type Decider, factsOf, ticketForAction } from './decider.ts';

/** The visitor has arrived: walking time ends, serving time begins (LIFE-3). */
export const start: Decider<'start'> = (hall, setup, { counterId, actor }) => {
  const { ticket, refused } = ticketForAction(hall, setup, counterId, actor, 'start');
  return refused ?? accept(event('ticket.started', { ...factsOf(ticket), counterId }));
};
