import { whyShut } from '../check-issue.ts';
import { chooseLeg, toGoOn } from '../choose-leg.ts';
import { event, type NewEvent } from '../events.ts';
import type { Hall } from '../hall.ts';
import type { CounterId, ServiceId } from '../ids.ts';
import { namedLegs } from '../legs.ts';
import type { RefusalCode } from '../refusal.ts';
import type { BranchSetup } from '../setup.ts';
import type { Ticket } from '../ticket.ts';
import { factsOf } from './decider.ts';

/** Ends the present leg at a counter: the visit is done, or goes on with its next leg (LIFE-4, LEG-2, JOURNEY-3). */
export const finishVisit = (
  hall: Hall,
  setup: BranchSetup,
  ticket: Ticket,
  { counterId, outcome, quantity }: { counterId: CounterId; outcome: string | null; quantity: number },
  now: number,
): NewEvent => {
  const data = { ...factsOf(ticket), counterId, outcome, ...(quantity !== 1 && { quantity }) };
  const shutOf = (serviceId: ServiceId): RefusalCode | undefined => {
    const service = setup.services.get(serviceId);
    // One that the set-up has lost since goes last: nobody could call the visitor there.
    return service ? whyShut(hall, setup, service, now)?.code : 'SERVICE_UNKNOWN';
  };
  const next = chooseLeg(hall, setup, ticket.legs, ticket.priority, now, shutOf, toGoOn);
  if (!next) return event('ticket.finished', data);
  const { serviceId: toServiceId, rest, among } = next;
  return event('ticket.went-on', { ...data, toServiceId, ...namedLegs(rest), ...(among && { among }) });
};
