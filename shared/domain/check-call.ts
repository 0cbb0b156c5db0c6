import type { CallReason } from './call-reason.ts';
import type { Violation } from './check-ledger.ts';
import type { HallEvent } from './events.ts';
import { type Hall, lineKey } from './hall.ts';
import { draftOf, leaveLine } from './hall-draft.ts';
import type { CounterId } from './ids.ts';
import { pickNext } from './pick-next.ts';
import type { BranchSetup } from './setup.ts';
import { waitedMs } from './ticket.ts';

/**
 * The call is the one that the rules make of the state before it, over all classes and services of the counter, and for
 * the reason it says (I9): asked of the very function that decides.
 *
 * @param before the hall the call happened to
 * @param setup as it was then
 */
export const checkCall = (
  before: Hall,
  setup: BranchSetup,
  event: Extract<HallEvent, { type: 'ticket.called' }>,
): Violation | null => {
  const { version, at, data } = event;
  const ticket = before.tickets.get(data.ticketId);
  // One that does not wait is another fault, which the check of the ledger names.
  if (!ticket || before.waiting.get(lineKey(ticket)) !== ticket.id) return null;
  const { branchId } = before;
  const say = (message: string): Violation => ({
    invariant: 'I9',
    message: `${branchId}, event ${version}: ${message}`,
    version,
  });
  const called = `ticket ${ticket.number} of ${ticket.serviceId} was called to counter ${data.counterId}`;
  const next = data.why.rule === 'chosen' ? null : pickNext(withoutMoved(before, event), setup, data.counterId, at);
  const isHelp = next?.why.rule === 'overflow' && next.ticket.id === ticket.id;
  if (!isHelp && !setup.counters.get(data.counterId)?.serves.has(ticket.serviceId)) {
    return say(`${called}, which does not serve that`);
  }
  if (next && next.ticket.id !== ticket.id) {
    const { number, serviceId } = next.ticket;
    return say(`${called}, but ${number} of ${serviceId} was next (${next.why.rule}), and nobody chose otherwise`);
  }
  if (data.why.rule === 'chosen' && data.why.reason === undefined) {
    const first = pickNext(withoutMoved(before, event), setup, data.counterId, at)?.ticket;
    if (first?.id !== ticket.id) return say(`${called} by hand, out of turn and without a reason`);
  }
  const why: CallReason = next?.why ?? { ...data.why, waitedMs: waitedMs(ticket, at) };
  if (textOf(why) === textOf(data.why)) return null;
  return say(`${called} for the reason ${textOf(data.why)}, but it was ${textOf(why)}`);
};

const textOf = ({ rule, waitedMs: waited, headStartMs, laterMs, afterMs, ratio, bookedFor }: CallReason): string =>
  [
    `${rule} after ${waited} ms`,
    headStartMs === undefined ? '' : ` with ${headStartMs} ms of head start`,
    laterMs === undefined ? '' : ` with ${laterMs} ms of less skill`,
    afterMs === undefined ? '' : ` with help after ${afterMs} ms`,
    bookedFor === undefined ? '' : ` from the hour ${bookedFor}`,
    ratio === undefined ? '' : ` at ${ratio.normal} normal to ${ratio.priority} priority`,
  ].join('');

/**
 * The hall as it was decided on: whoever the same command sent on from the counter into a line, before it called, was
 * not waiting yet.
 */
const withoutMoved = (hall: Hall, { commandId, data }: HallEvent & { data: { counterId: CounterId } }): Hall => {
  const act = hall.counters.get(data.counterId)?.lastAct;
  const moved = act?.commandId === commandId ? act.steps.filter(({ after }) => after.status === 'waiting') : [];
  if (moved.length === 0) return hall;
  const draft = draftOf(hall);
  for (const { after } of moved) leaveLine(draft, after);
  return draft;
};
