import { event } from '../events.ts';
import { accept } from '../refusal.ts';
import { type Decider, factsOf, openCounterOf, ticketForAction } from './decider.ts';

/** Interrupts a visit that the same agent will go on with; the counter is free meanwhile (PARK-1). */
export const park: Decider<'park'> = (hall, setup, { counterId, actor }) => {
  const { ticket, refused } = ticketForAction(hall, setup, counterId, actor, 'park');
  if (refused) return refused;
  const { counter, refused: closed } = openCounterOf(hall, setup, counterId, actor);
  return closed ?? accept(event('ticket.parked', { ...factsOf(ticket), counterId, agentId: counter.agentId }));
};
