import type { Halls } from '../hall/halls.ts';
import type { LiveLines } from './live-lines.ts';

/** How often each branch's lines in Redis are compared with this node's state, ms. */
const everyMs = 2_000;
/** So many branches are compared entry by entry in one round, in turn: a large hall takes 5 ms, a node may hold hundreds. */
const entriesAtOnce = 10;

/**
 * Compares the live lines of every loaded branch with the state again and again: whatever Redis lost is written anew
 * within a few seconds.
 *
 * @returns stops comparing
 */
export const keepLines = (lines: LiveLines, halls: Halls): (() => void) => {
  let isComparing = false;
  let turn = 0;
  const compare = async (): Promise<void> => {
    if (isComparing) return;
    isComparing = true;
    try {
      const branches = [...halls.loaded()];
      const last = turn + entriesAtOnce;
      for (const [index, branch] of branches.entries()) {
        const depth = index >= turn && index < last ? 'entries' : 'counts';
        // Redis is away, or refuses this branch's writes; the next round asks again, and the other branches go on.
        await lines.reconcile(branch.hall, branch.epoch, depth).catch(() => {});
      }
      turn = last < branches.length ? last : 0;
    } finally {
      isComparing = false;
    }
  };
  const timer = setInterval(() => void compare(), everyMs);
  return () => clearInterval(timer);
};
