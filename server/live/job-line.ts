import { setTimeout as sleep } from 'node:timers/promises';
import { type Job, Queue, Worker } from 'bullmq';
import { connectJobsRedis } from './connect-redis.ts';

/** How long a stop waits for jobs that are under way, ms. */
const stopMs = 2_000;

/** Jobs of one kind: this node makes them, and does what comes to it of those that all nodes made. */
export interface JobLine<Data> {
  readonly queue: Queue<Data>;
  readonly worker: Worker<Data>;
  /** Calls whenever jobs can be made from now on. */
  readonly onReady: (call: () => void) => void;
  /** Whether jobs can be made now. */
  readonly canMake: () => boolean;
  /** Whether jobs come to this node now. */
  readonly canTake: () => boolean;
  /** @param last what else is under way here, and is waited for as long */
  readonly close: (last?: Promise<unknown>) => Promise<void>;
}

/** @param concurrency jobs under way on this node at once */
export const openJobLine = <Data>(
  redisUrl: string,
  name: string,
  work: (job: Job<Data>) => Promise<void>,
  concurrency: number,
): JobLine<Data> => {
  // BullMQ reports a lost connection on each of its objects; the followers say it once for all.
  const isQuiet = () => {};
  const queueRedis = connectJobsRedis(redisUrl, isQuiet);
  const workerRedis = connectJobsRedis(redisUrl, isQuiet);
  const queue = new Queue<Data>(name, { connection: queueRedis, prefix: '{bull}' });
  const worker = new Worker<Data>(name, work, { connection: workerRedis, prefix: '{bull}', concurrency });
  queue.on('error', isQuiet);
  worker.on('error', isQuiet);
  return {
    queue,
    worker,
    onReady: (call) => void queueRedis.on('ready', call),
    canMake: () => queueRedis.status === 'ready',
    canTake: () => workerRedis.status === 'ready',
    close: async (last) => {
      // A worker waits forever for a Redis that is gone or hangs; what it was at is done by another, or derived again.
      const closed = worker.close(workerRedis.status !== 'ready').catch(isQuiet);
      await Promise.race([Promise.all([closed, last]), sleep(stopMs)]);
      queueRedis.disconnect();
      workerRedis.disconnect();
    },
  };
};
