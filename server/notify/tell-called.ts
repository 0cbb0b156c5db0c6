import { setTimeout as sleep } from 'node:timers/promises';
import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { BranchId, TicketId } from '@antrean/shared/domain/ids.ts';
import type { Changes } from '@antrean/shared/views/changes.ts';
import { type Job, Queue, Worker } from 'bullmq';
import type { Halls } from '../hall/halls.ts';
import { connectJobsRedis } from '../live/connect-redis.ts';
import type { VisitLinks } from '../visitors/visit-links.ts';
import { callMessage, sendPush } from './send-push.ts';
import { dropSubscription, type SubscriptionPorts, subscriptionOf } from './subscription-store.ts';
import { pushOf, type WebPush } from './web-push.ts';

export interface TellPorts extends SubscriptionPorts {
  readonly redisUrl: string;
  readonly halls: Halls;
  readonly links: VisitLinks;
  readonly webPush: WebPush;
  readonly warn: (message: string, details: object) => void;
}

interface CallJob {
  readonly branchId: BranchId;
  readonly ticketId: TicketId;
}

const queueName = 'web-push';
/** So long one call is known to have been told, s: each node makes the job, and one may hear of the call late. */
const knownForSeconds = 300;
/** Tries, and the pause before the second, ms; it doubles: together less than a message is good for. */
const attempts = 4;
const firstPauseMs = 2_000;
/** Phones told at once by a node. */
const concurrency = 8;
/** How long a stop waits for messages under way, ms. */
const stopMs = 2_000;

/** Tells phones that their tickets are called. */
export interface TellCalled {
  readonly follow: (hall: Hall, changes: Changes) => void;
  readonly close: () => Promise<void>;
}

/**
 * Tells visitors' phones of calls (PUSH-2). Every node follows every call and makes the same job, which BullMQ has once, so
 * that a node which ends after the commit leaves none untold. Without Redis nothing is sent: page, screen and voice tell it.
 */
export const tellCalled = (ports: TellPorts): TellCalled => {
  const { halls, links, webPush, warn } = ports;
  // The followers say once for all that Redis is away.
  const isQuiet = () => {};
  const queueRedis = connectJobsRedis(ports.redisUrl, isQuiet);
  const workerRedis = connectJobsRedis(ports.redisUrl, isQuiet);

  const tell = async ({ data }: Job<CallJob>): Promise<void> => {
    const { hall, setup } = await halls.branch(data.branchId);
    const ticket = hall.tickets.get(data.ticketId);
    if (ticket?.status !== 'called') return;
    const kept = await subscriptionOf(ports, data);
    if (!kept) return;
    const message = callMessage(setup, ticket, kept.language, links.tokenOf(ticket.id));
    const outcome = await sendPush(webPush, kept.subscription, message);
    if (outcome === 'gone') await dropSubscription(ports, data);
  };

  const queue = new Queue<CallJob>(queueName, { connection: queueRedis, prefix: '{bull}' });
  const worker = new Worker<CallJob>(queueName, tell, { connection: workerRedis, prefix: '{bull}', concurrency });
  queue.on('error', isQuiet);
  worker.on('error', isQuiet);
  worker.on('failed', (job, error) => {
    if (job && job.attemptsMade < attempts) return;
    // Not the error itself: it names the phone's address.
    const status = (error as { statusCode?: unknown }).statusCode;
    warn('a phone could not be told that its ticket is called', {
      reason: status ?? (error as { code?: unknown }).code,
    });
  });

  return {
    follow: (hall, { events }) => {
      if (queueRedis.status !== 'ready' || !pushOf(ports, hall.branchId)) return;
      for (const { type, data } of events) {
        if (type !== 'ticket.called' && type !== 'ticket.recalled') continue;
        const ticket = hall.tickets.get(data.ticketId);
        if (ticket?.status !== 'called') continue;
        const opts = {
          jobId: `${ticket.id}-${ticket.calledAt}-${ticket.recalls}`,
          attempts,
          backoff: { type: 'exponential', delay: firstPauseMs },
          removeOnComplete: { age: knownForSeconds },
          removeOnFail: { age: knownForSeconds },
        };
        queue.add('call', { branchId: hall.branchId, ticketId: ticket.id }, opts).catch(isQuiet);
      }
    },
    close: async () => {
      const closed = worker.close(workerRedis.status !== 'ready').catch(isQuiet);
      await Promise.race([closed, sleep(stopMs)]);
      queueRedis.disconnect();
      workerRedis.disconnect();
    },
  };
};
