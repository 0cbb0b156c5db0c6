import type { Violation } from './check-ledger.ts';
import { expectedWaits } from './choose-leg.ts';
import type { HallEvent } from './events.ts';
import type { Hall } from './hall.ts';
import type { BranchSetup } from './setup.ts';

/**
 * The waits among which a leg was chosen are those of the state before it (JOURNEY-3): asked of the very function that
 * decides. That the choice follows from them is seen in the event alone.
 *
 * @param before the hall the event happened to
 * @param setup as it was then
 */
export const checkChoice = (
  before: Hall,
  setup: BranchSetup,
  { version, at, ...event }: HallEvent,
): Violation | null => {
  if ((event.type !== 'ticket.issued' && event.type !== 'ticket.went-on') || !event.data.among) return null;
  const { ticketId, number, among } = event.data;
  const priority =
    event.type === 'ticket.issued' ? event.data.priority : (before.tickets.get(ticketId)?.priority ?? null);
  const waitOf = expectedWaits(before, setup, priority, at);
  const wrong = among.find(({ serviceId, waitMs }) => waitOf(serviceId) !== waitMs);
  if (!wrong) return null;
  const { serviceId, waitMs } = wrong;
  const said = `ticket ${number} was to wait ${waitMs} ms for ${serviceId}, but it was ${waitOf(serviceId)}`;
  return { invariant: 'I9', message: `${before.branchId}, event ${version}: ${said}`, version };
};
