import type { Halls } from '../hall/halls.ts';
import type { LiveLines } from './live-lines.ts';

/** How often each branch's lines in Redis are compared with this node's state, ms. */
const everyMs = 2_000;

/**
 * Compares the live lines of every loaded branch with the state again and again: whatever Redis lost is written anew
 * within a few seconds.
 *
 * @returns stops comparing
 */
export const keepLines = (lines: LiveLines, halls: Halls): (() => void) => {
  let isComparing = false;
  const compare = async (): Promise<void> => {
    if (isComparing) return;
    isComparing = true;
    try {
      for (const branch of halls.loaded()) {
        // Redis is away, or refuses this branch's writes; the next round asks again, and the other branches go on.
        await lines.reconcile(branch.hall, branch.epoch).catch(() => {});
      }
    } finally {
      isComparing = false;
    }
  };
  const timer = setInterval(() => void compare(), everyMs);
  return () => clearInterval(timer);
};
