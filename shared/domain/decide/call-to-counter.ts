import type { Actor } from '../events.ts';
import { event, type NewEvent } from '../events.ts';
import { type Hall, ticketAt } from '../hall.ts';
import type { CounterId } from '../ids.ts';
import type { CallReason } from '../call-reason.ts';
import { accept, type Decision, refuse } from '../refusal.ts';
import type { BranchSetup } from '../setup.ts';
import type { Ticket } from '../ticket.ts';
import { factsOf, openCounterOf } from './decider.ts';
import { finishVisit } from './finish-visit.ts';

/**
 * What every way of calling has in common: an open day, an open counter that is not on a break, and the visit there
 * finished first where the hall wants that (CALL-1, CALL-5).
 */
export const callToCounter = (
  hall: Hall,
  setup: BranchSetup,
  { counterId, actor }: { counterId: CounterId; actor: Actor },
  now: number,
  choose: () => { ticket: Ticket; why: CallReason } | Decision,
): Decision => {
  if (!hall.day?.isOpen) return refuse('DAY_NOT_OPEN');
  const { counter, refused } = openCounterOf(hall, setup, counterId, actor);
  if (refused) return refused;
  if (counter.status === 'paused') return refuse('COUNTER_PAUSED', { counterId });
  const current = ticketAt(hall, counterId);
  const finished = current ? finishFirst(hall, setup, current, counterId, now) : [];
  if (!finished) return refuse('COUNTER_BUSY', { counterId, ticketId: current?.id ?? null });
  const chosen = choose();
  if ('accepted' in chosen) return chosen;
  const { ticket, why } = chosen;
  return accept(...finished, event('ticket.called', { ...factsOf(ticket), counterId, language: ticket.language, why }));
};

/** The event that ends the visit at the counter, or `null` where the agent must end it by hand. */
const finishFirst = (
  hall: Hall,
  setup: BranchSetup,
  current: Ticket,
  counterId: CounterId,
  now: number,
): NewEvent[] | null => {
  const { rules } = setup;
  const hasArrived = current.status === 'serving' || !rules.confirmsArrival;
  if (!rules.callNextFinishes || !hasArrived) return null;
  return [finishVisit(hall, setup, current, { counterId, outcome: null, quantity: 1 }, now)];
};
