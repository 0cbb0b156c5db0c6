import type { BranchView } from '../protocol/branch.ts';
import type { DeskEntry, TotalsEntry } from '../protocol/screens.ts';
import type { Entries } from './entries.ts';
import { linesOf, waitingIn } from './lobby.ts';

/** A counter as the manager sees it; `desk` is absent while it is closed. */
export interface CounterNow {
  readonly counter: BranchView['counters'][number];
  readonly desk: DeskEntry | undefined;
}

/** The hall at a glance. Instants are epoch ms. */
export interface Overview {
  readonly waiting: number;
  /** Since when the longest waiting visitor waits; `null` when nobody does. */
  readonly longestSince: number | null;
  readonly openCounters: number;
  readonly pausedCounters: number;
  readonly totals: TotalsEntry;
  /** Mean time from issue to first call today, ms; `null` before the first call. */
  readonly meanWaitMs: number | null;
  /** In the order of their numbers. */
  readonly counters: readonly CounterNow[];
}

export const overviewOf = (entries: Entries, counters: BranchView['counters']): Overview => {
  const lines = linesOf(entries);
  const totals = (entries.get('totals') as TotalsEntry | undefined) ?? noTotals;
  const now = [...counters]
    .sort((a, b) => a.number - b.number)
    .map((counter) => ({ counter, desk: entries.get(`desk/${counter.id}`) as DeskEntry | undefined }));
  return {
    waiting: waitingIn(lines),
    longestSince: lines.length > 0 ? Math.min(...lines.map(({ since }) => since)) : null,
    openCounters: now.filter(({ desk }) => desk?.status === 'open').length,
    pausedCounters: now.filter(({ desk }) => desk?.status === 'paused').length,
    totals,
    meanWaitMs: totals.called > 0 ? totals.waitedMs / totals.called : null,
    counters: now,
  };
};

/** What those who have a counter open do now: they serve or have called somebody, are free, or on a break. */
export const staffOf = ({
  counters,
}: Pick<Overview, 'counters'>): { readonly serving: number; readonly idle: number; readonly paused: number } => {
  const desks = counters.flatMap(({ desk }) => (desk ? [desk] : []));
  return {
    serving: desks.filter(({ ticket }) => ticket).length,
    idle: desks.filter(({ status, ticket }) => status === 'open' && !ticket).length,
    paused: desks.filter(({ status, ticket }) => status === 'paused' && !ticket).length,
  };
};

const noTotals: TotalsEntry = { issued: 0, called: 0, done: 0, missed: 0, cancelled: 0, waitedMs: 0 };
