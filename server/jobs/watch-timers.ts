import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { nextTimerAt } from '@antrean/shared/domain/timers.ts';
import type { Halls } from '../hall/halls.ts';
import { runTimers } from './run-timers.ts';

export interface TimerPorts {
  readonly halls: Halls;
  readonly clock: () => number;
  /** Whether jobs can be made now. */
  readonly isReady: () => boolean;
  /** Makes a job that runs a branch's timers after so long; the same branch and instant make one. */
  readonly schedule: (branchId: BranchId, at: number, delayMs: number) => Promise<unknown>;
}

const everyMs = 1_000;
/** How late a job may be before a node does its work itself: it was lost, or Redis hangs. Below the limit of TIMER-2. */
const graceMs = 2_500;

/**
 * Sees to it that what falls due in this node's branches happens: each gets a job for the next thing that is due, and
 * what no job has done in time, this node does (TIMER-2).
 *
 * @returns stops it
 */
export const watchTimers = ({ halls, clock, isReady, schedule }: TimerPorts): (() => void) => {
  const scheduled = new Map<BranchId, number>();
  const look = (): void => {
    const now = clock();
    for (const { id, hall, setup } of halls.loaded()) {
      const at = nextTimerAt(hall, setup);
      const isLate = at !== null && at <= now - graceMs;
      if (at === null || isLate || !isReady()) scheduled.delete(id);
      if (at === null) continue;
      if (isLate || (!isReady() && at <= now)) runTimers(halls, id, clock).catch(() => {});
      else if (isReady() && scheduled.get(id) !== at) {
        scheduled.set(id, at);
        schedule(id, at, Math.max(0, at - now)).catch(() => scheduled.delete(id));
      }
    }
  };
  const timer = setInterval(look, everyMs);
  return () => clearInterval(timer);
};
