import { performance } from 'node:perf_hooks';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Job } from 'bullmq';
import type { Halls } from '../hall/halls.ts';
import { openJobLine } from '../live/job-line.ts';
import { keepDay } from './keep-day.ts';
import { runTimers } from './run-timers.ts';
import { watchTimers } from './watch-timers.ts';

export interface JobPorts {
  readonly redisUrl: string;
  readonly halls: Halls;
  readonly clock: () => number;
  readonly listBranchIds: () => Promise<BranchId[]>;
  /** What reports are reckoned from follows the ledgers of all branches (REPORT-2). */
  readonly keepLegs: () => Promise<void>;
  readonly warn: (message: string, details: object) => void;
}

interface TimersJob {
  readonly branchId: BranchId;
}

const queueName = 'upkeep';
const schedulerId = 'keep-days';
const timersName = 'run-timers';
const everyMs = 60_000;
/** How often the legs of all branches follow their ledgers, ms: of one that is reported on they do when that is asked for. */
const legsEveryMs = 600_000;
/** How often is looked whether the schedule is still there, ms: Redis keeps it, and may be emptied at any time. */
const lookEveryMs = 5_000;
/** Jobs under way on a node: the timers of one branch do not wait for another's, nor for the days of all. */
const concurrency = 8;

/**
 * What must happen later. BullMQ wakes one node of all; what is to be done follows from the state, so a job that is
 * lost, late or run twice does no harm. While Redis is away each node looks by itself.
 *
 * @returns stops the jobs of this node
 */
export const runJobs = (ports: JobPorts): (() => Promise<void>) => {
  const { halls, clock } = ports;
  let keptLegsAt = -legsEveryMs;
  const keepAll = async (): Promise<void> => {
    for (const branchId of await ports.listBranchIds()) await keepDay(halls, branchId, clock());
    if (performance.now() - keptLegsAt < legsEveryMs) return;
    keptLegsAt = performance.now();
    await ports.keepLegs();
  };
  let keptLast = Promise.resolve();
  const keepAllOrSay = (): void => {
    keptLast = keepAll().catch((error: Error) =>
      ports.warn('business days and reports were not looked after', { reason: error.message }),
    );
  };
  const work = ({ name, data }: Job<TimersJob>): Promise<void> =>
    name === timersName ? runTimers(halls, data.branchId, clock) : keepAll();
  const line = openJobLine(ports.redisUrl, queueName, work, concurrency);
  const { queue, worker } = line;
  worker.on('failed', (_job, error) =>
    ports.warn('a job failed; it is tried again within a minute', { reason: error.message }),
  );
  let isScheduling = false;
  /** Nodes that do so at once make the one schedule. */
  const keepSchedule = async (): Promise<void> => {
    if (isScheduling || !line.canMake()) return;
    isScheduling = true;
    try {
      if (await queue.getJobScheduler(schedulerId)) return;
      const opts = { removeOnComplete: 10, removeOnFail: 10 };
      await queue.upsertJobScheduler(schedulerId, { every: everyMs }, { opts });
    } catch (error) {
      ports.warn('the jobs cannot be scheduled yet', { reason: (error as Error).message });
    } finally {
      isScheduling = false;
    }
  };
  line.onReady(() => void keepSchedule());
  const looking = setInterval(() => void keepSchedule(), lookEveryMs);
  const withoutRedis = setInterval(() => {
    if (!line.canTake()) keepAllOrSay();
  }, everyMs);
  // Loads the branches, too: what fell due while no node ran happens now.
  keepAllOrSay();
  const stopTimers = watchTimers({
    halls,
    clock,
    isReady: () => line.canMake() && line.canTake(),
    schedule: (branchId, at, delay) =>
      queue.add(
        timersName,
        { branchId },
        { delay, jobId: `${branchId}-${at}`, removeOnComplete: true, removeOnFail: true },
      ),
  });
  return async () => {
    stopTimers();
    clearInterval(looking);
    clearInterval(withoutRedis);
    await line.close(keptLast);
  };
};
