import type { CallEntry } from '../protocol/screens.ts';

/** A call older than this is no news any more: it is shown, but without a pulse or a chime, ms (SHOW-3). */
export const freshCallMs = 30_000;

/** Calls that were shown, by ticket and instant, with the instant. */
export type ShownCalls = ReadonlyMap<string, number>;

export const noCallsShown: ShownCalls = new Map();

/**
 * Which of the calls now on the board are new to this screen: younger than 30 s and not shown before. A repeated call
 * has a new instant and so is new again. `now` is the server's clock, epoch ms.
 */
export const noteCalls = (
  shown: ShownCalls,
  calls: readonly (readonly [ticketId: string, call: CallEntry])[],
  now: number,
): { readonly shown: ShownCalls; readonly fresh: readonly string[] } => {
  // What is too old to be new need not be remembered.
  const next = new Map([...shown].filter(([, calledAt]) => now - calledAt < freshCallMs));
  const fresh: string[] = [];
  for (const [ticketId, { calledAt }] of calls) {
    const key = `${ticketId}@${calledAt}`;
    if (now - calledAt >= freshCallMs || next.has(key)) continue;
    next.set(key, calledAt);
    fresh.push(ticketId);
  }
  return { shown: next, fresh };
};
