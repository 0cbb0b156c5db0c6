import type { ShownCall, TvState } from '../protocol/shown-calls.ts';

/** How long a TV may take to show a call before its silence is a warning, ms. */
const patienceMs = 3_000;

/** A call on the board. */
interface Call {
  readonly ticketId: string;
  readonly counterId: string;
  readonly calledAt: number;
}

/** On how many of these TVs each call is to be seen (SHOW-9): of those that show its counter, how many have shown it. */
export const countShown = (calls: readonly Call[], tvs: readonly TvState[]): ShownCall[] =>
  calls.map(({ ticketId, counterId, calledAt }) => {
    const those = tvs.filter(({ counterIds }) => counterIds === null || counterIds.includes(counterId));
    const done = those.flatMap(
      (tv) => tv.calls.find((call) => call.ticketId === ticketId && call.calledAt === calledAt) ?? [],
    );
    const announced = done.filter(({ isAnnounced }) => isAnnounced).length;
    return { ticketId, calledAt, shown: done.length, announced, of: those.length };
  });

/** What several nodes counted, together; of the same calls as the first. */
export const sumShown = (own: readonly ShownCall[], others: readonly (readonly ShownCall[])[]): ShownCall[] =>
  own.map((call) =>
    others
      .flatMap((theirs) => theirs.filter((each) => isSameCall(each, call)))
      .reduce(
        (sum, each) => ({
          ...sum,
          shown: sum.shown + each.shown,
          announced: sum.announced + each.announced,
          of: sum.of + each.of,
        }),
        call,
      ),
  );

const isSameCall = (a: ShownCall, b: ShownCall): boolean => a.ticketId === b.ticketId && a.calledAt === b.calledAt;

/** How a call stands on the TVs: `soon` - not yet on all, and not long enough to worry. */
export const standOfCall = ({ shown, of, calledAt }: ShownCall, now: number): 'none' | 'soon' | 'all' | 'missing' => {
  if (of === 0) return 'none';
  if (shown >= of) return 'all';
  return now - calledAt < patienceMs ? 'soon' : 'missing';
};
