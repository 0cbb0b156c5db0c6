import { event, type NewEvent } from '../events.ts';
import type { CounterId } from '../ids.ts';
import type { Ticket } from '../ticket.ts';
import { factsOf } from './decider.ts';

/** Ends the present leg at a counter: the visit is done, or goes on with its next leg (LIFE-4, LEG-2). */
export const finishVisit = (
  ticket: Ticket,
  counterId: CounterId,
  outcome: string | null,
  quantity: number,
): NewEvent => {
  const data = { ...factsOf(ticket), counterId, outcome, ...(quantity !== 1 && { quantity }) };
  const [next] = ticket.legs;
  return next ? event('ticket.went-on', { ...data, toServiceId: next.serviceId }) : event('ticket.finished', data);
};
