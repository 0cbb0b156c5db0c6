import type { AsideEntry } from '../protocol/screens.ts';
import { type Entries, entriesUnder } from './entries.ts';

/** A visitor who is set aside, with the ticket's id. */
export interface AsideTicket extends AsideEntry {
  readonly ticketId: string;
}

/** What can be done with somebody who is set aside; the server decides, and its refusal is shown. */
export type AsideAction = 'return' | 'cancel' | 'resume' | 'rejoin' | 'give-up';

/** Everybody who is set aside: the held by when they come back, then the parked, then the missed, the latest first. */
export const asideOf = (entries: Entries): AsideTicket[] =>
  entriesUnder<AsideEntry>(entries, 'aside/')
    .map(([ticketId, entry]) => ({ ticketId, ...entry }))
    .sort(
      (a, b) =>
        order[a.state] - order[b.state] ||
        (a.until ?? 0) - (b.until ?? 0) ||
        (b.missedAt ?? 0) - (a.missedAt ?? 0) ||
        (a.number < b.number ? -1 : 1),
    );

const order: Readonly<Record<AsideEntry['state'], number>> = { held: 0, parked: 1, missed: 2 };

/** Whom a counter has to do with: what its agent parked, and the held and missed of what it serves. */
export const asideAt = (entries: Entries, serves: readonly string[], agentId: string): AsideTicket[] => {
  const served = new Set(serves);
  return asideOf(entries).filter((ticket) =>
    ticket.state === 'parked' ? ticket.agentId === agentId : served.has(ticket.serviceId),
  );
};

/** @param desk absent: nobody can be gone on with here */
export const asideActions = (
  { state, agentId }: AsideTicket,
  rules: { readonly missedMayReturn: boolean },
  desk?: { readonly agentId: string },
): AsideAction[] => {
  switch (state) {
    case 'held':
      return ['return', 'cancel'];
    case 'parked':
      return desk?.agentId === agentId ? ['resume', 'return'] : ['return', 'cancel'];
    case 'missed':
      return rules.missedMayReturn ? ['rejoin', 'give-up'] : ['give-up'];
  }
};
