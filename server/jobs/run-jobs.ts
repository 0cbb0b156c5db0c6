import { setTimeout as sleep } from 'node:timers/promises';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { type Job, Queue, Worker } from 'bullmq';
import type { Halls } from '../hall/halls.ts';
import { connectJobsRedis } from '../live/connect-redis.ts';
import { keepDay } from './keep-day.ts';
import { runTimers } from './run-timers.ts';
import { watchTimers } from './watch-timers.ts';

export interface JobPorts {
  readonly redisUrl: string;
  readonly halls: Halls;
  readonly clock: () => number;
  readonly listBranchIds: () => Promise<BranchId[]>;
  readonly warn: (message: string, details: object) => void;
}

interface TimersJob {
  readonly branchId: BranchId;
}

const queueName = 'upkeep';
const schedulerId = 'keep-days';
const timersName = 'run-timers';
const everyMs = 60_000;
/** How often is looked whether the schedule is still there, ms: Redis keeps it, and may be emptied at any time. */
const lookEveryMs = 5_000;
/** Jobs under way on a node: the timers of one branch do not wait for another's, nor for the days of all. */
const concurrency = 8;
/** How long a stop waits for a job that is under way, ms. */
const stopMs = 2_000;

/**
 * What must happen later. BullMQ wakes one node of all; what is to be done follows from the state, so a job that is
 * lost, late or run twice does no harm. While Redis is away each node looks by itself.
 *
 * @returns stops the jobs of this node
 */
export const runJobs = (ports: JobPorts): (() => Promise<void>) => {
  const { halls, clock } = ports;
  const keepDays = async (): Promise<void> => {
    for (const branchId of await ports.listBranchIds()) await keepDay(halls, branchId, clock());
  };
  let keptLast = Promise.resolve();
  const keepDaysOrSay = (): void => {
    keptLast = keepDays().catch((error: Error) =>
      ports.warn('the business day was not looked after', { reason: error.message }),
    );
  };
  const work = ({ name, data }: Job<TimersJob>): Promise<void> =>
    name === timersName ? runTimers(halls, data.branchId, clock) : keepDays();
  // BullMQ reports a lost connection on each of its objects; the followers say it once for all.
  const isQuiet = () => {};
  const queueRedis = connectJobsRedis(ports.redisUrl, isQuiet);
  const workerRedis = connectJobsRedis(ports.redisUrl, isQuiet);
  const queue = new Queue(queueName, { connection: queueRedis, prefix: '{bull}' });
  const worker = new Worker(queueName, work, { connection: workerRedis, prefix: '{bull}', concurrency });
  queue.on('error', isQuiet);
  worker.on('error', isQuiet);
  worker.on('failed', (_job, error) =>
    ports.warn('a job failed; it is tried again within a minute', { reason: error.message }),
  );
  let isScheduling = false;
  /** Nodes that do so at once make the one schedule. */
  const keepSchedule = async (): Promise<void> => {
    if (isScheduling || queueRedis.status !== 'ready') return;
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
  queueRedis.on('ready', () => void keepSchedule());
  const looking = setInterval(() => void keepSchedule(), lookEveryMs);
  const withoutRedis = setInterval(() => {
    if (workerRedis.status !== 'ready') keepDaysOrSay();
  }, everyMs);
  // Loads the branches, too: what fell due while no node ran happens now.
  keepDaysOrSay();
  const stopTimers = watchTimers({
    halls,
    clock,
    isReady: () => queueRedis.status === 'ready' && workerRedis.status === 'ready',
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
    // A worker waits forever for a Redis that is gone or hangs; what it was at is derived from the state again.
    const closed = worker.close(workerRedis.status !== 'ready').catch(isQuiet);
    await Promise.race([Promise.all([closed, keptLast]), sleep(stopMs)]);
    queueRedis.disconnect();
    workerRedis.disconnect();
  };
};
