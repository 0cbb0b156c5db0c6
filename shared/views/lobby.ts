import type { CallEntry, DayEntry, LineEntry, MissedEntry } from '../protocol/screens.ts';
import { recentCallsKept } from '../domain/recent-calls-kept.ts';
import { type Entries, entriesUnder } from './entries.ts';

/** A line of the hall as public screens list it. */
export interface WaitingLine extends LineEntry {
  readonly serviceId: string;
}

/** The calls on the board, the newest first; a repeated call counts from its repetition. */
export const callsOf = (entries: Entries): [ticketId: string, call: CallEntry][] =>
  entriesUnder<CallEntry>(entries, 'call/').sort(([, a], [, b]) => b.calledAt - a.calledAt);

/**
 * Whether a call stands as it was made: the visitor has neither come nor been given up, and it was not taken back. Of one
 * that newer calls pushed off the board nothing is known, and it counts as standing.
 */
export const isStillCalled = (entries: Entries, ticketId: string): boolean => {
  const call = entries.get(`call/${ticketId}`) as CallEntry | undefined;
  return call ? call.state === 'called' : entriesUnder(entries, 'call/').length >= recentCallsKept;
};

/** Lines in which somebody waits, the fullest first. */
export const linesOf = (entries: Entries): WaitingLine[] =>
  entriesUnder<LineEntry>(entries, 'line/')
    .map(([serviceId, line]) => ({ serviceId, ...line }))
    .sort((a, b) => b.waiting - a.waiting || a.since - b.since);

export const waitingIn = (lines: readonly WaitingLine[]): number =>
  lines.reduce((sum, { waiting }) => sum + waiting, 0);

/** How many wait for a service. */
export const waitingFor = (entries: Entries, serviceId: string): number =>
  (entries.get(`line/${serviceId}`) as LineEntry | undefined)?.waiting ?? 0;

export const isDayOpen = (entries: Entries): boolean => (entries.get('day') as DayEntry | undefined)?.isOpen ?? false;

/** Until so long after the call a missed visitor is still called to mind, where the hall's rule names no time, ms. */
const remindForMs = 30 * 60_000;

/**
 * Who missed a call and may still come back, the latest first.
 *
 * @param withinMs until how long after the call that is in time; absent: the hall names no time
 * @param now the server's clock, epoch ms
 */
export const missedOf = (entries: Entries, withinMs: number | undefined, now: number): MissedEntry =>
  ((entries.get('missed') as MissedEntry | undefined) ?? []).filter(
    ({ missedAt }) => now - missedAt < (withinMs ?? remindForMs),
  );
