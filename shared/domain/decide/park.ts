import { event } from '../events.ts';
import { accept } from '../refusal.ts';
import { type Decider, factsOf, ticketForAction } from './decider.ts';

/** Interrupts a visit that the same agent will go on with; the counter is free meanwhile (PARK-1). */
export const park: Decider<'park'> = (hall, setup, { counterId, actor }) => {
  const { ticket, counter, refused } = ticketForAction(hall, setup, counterId, actor, 'park');
  return refused ?? accept(event('ticket.parked', { ...factsOf(ticket), counterId, agentId: counter.agentId }));
};
