import type { CommandData } from './commands.ts';
import { type Hall, ticketAt } from './hall.ts';
import type { BranchSetup } from './setup.ts';

/** An act that time brings by itself, and from when on it is due, epoch ms. */
export type Timer =
  | { readonly at: number; readonly act: 'recall' | 'miss'; readonly data: CommandData['miss'] }
  | { readonly at: number; readonly act: 'hide-message'; readonly data: CommandData['hide-message'] }
  | { readonly at: number; readonly act: 'return-ticket' | 'end-missed'; readonly data: CommandData['return-ticket'] };

/** Everything that will be due in a hall if nothing else happens, derived from its state alone (TIMER-1). */
export const timersOf = function* (hall: Hall, setup: BranchSetup): Iterable<Timer> {
  if (hall.message) yield { at: hall.message.until, act: 'hide-message', data: {} };
  if (!hall.day?.isOpen) return;
  yield* unanswered(hall, setup);
  for (const ticketId of hall.aside.keys()) {
    const ticket = hall.tickets.get(ticketId);
    if (ticket?.hold) yield { at: ticket.hold.until, act: 'return-ticket', data: { ticketId } };
    const tooLate = ticket?.missed && setup.rules.rejoin?.late === 'no-show' ? setup.rules.rejoin : undefined;
    if (!ticket?.missed || tooLate?.withinMs === undefined) continue;
    const calls = (hall.calls.get(ticket.serviceId) ?? 0) - ticket.missed.calls;
    if (tooLate.withinCalls !== undefined && calls <= tooLate.withinCalls) continue;
    yield { at: ticket.missed.at + tooLate.withinMs + 1, act: 'end-missed', data: { ticketId } };
  }
};

/** Calls that nobody has come to (TIMER-3, TIMER-4). */
const unanswered = function* (hall: Hall, { rules }: BranchSetup): Iterable<Timer> {
  if (!rules.unanswered || !rules.confirmsArrival) return;
  const { afterMs, recalls, then } = rules.unanswered;
  for (const { id: counterId, lastCallAt } of hall.counters.values()) {
    const ticket = ticketAt(hall, counterId);
    if (ticket?.status !== 'called' || lastCallAt === null) continue;
    const act = ticket.recalls < recalls ? 'recall' : then === 'missed' ? 'miss' : null;
    if (act) yield { at: lastCallAt + afterMs, act, data: { counterId } };
  }
};

/** When the next act is due, epoch ms; `null`: none will be. */
export const nextTimerAt = (hall: Hall, setup: BranchSetup): number | null => {
  let next: number | null = null;
  for (const { at } of timersOf(hall, setup)) if (next === null || at < next) next = at;
  return next;
};
