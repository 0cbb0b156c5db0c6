import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { BranchId, TicketId } from '@antrean/shared/domain/ids.ts';
import type { Changes } from '@antrean/shared/views/changes.ts';
import type { Job } from 'bullmq';
import type { Branch } from '../hall/branch.ts';
import type { Halls } from '../hall/halls.ts';
import { openJobLine } from '../live/job-line.ts';
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
  /** Of the hall, by which the call is known. */
  readonly version: number;
}

const queueName = 'web-push';
/** So long one call is known to have been told, s: each node makes the job, and one may hear of the call late. */
const knownForSeconds = 300;
/** Tries, and the pause before the second, ms; it doubles: together less than a message is good for. */
const attempts = 4;
const firstPauseMs = 2_000;
/** So often a node looks in the ledger for a call that it does not know yet: it may have begun a look before. */
const looksForCall = 3;
/** Phones told at once by a node. */
const concurrency = 8;

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
  const tell = async ({ data }: Job<CallJob>): Promise<void> => {
    const branch = await halls.branch(data.branchId);
    await knows(branch, data.version);
    const { hall, setup } = branch;
    const ticket = hall.tickets.get(data.ticketId);
    if (ticket?.status !== 'called') return;
    const kept = await subscriptionOf(ports, data);
    if (!kept) return;
    const message = callMessage(setup, ticket, kept.language, links.tokenOf(ticket.id));
    const outcome = await sendPush(webPush, kept.subscription, message);
    if (outcome === 'gone') await dropSubscription(ports, data);
  };

  const line = openJobLine(ports.redisUrl, queueName, tell, concurrency);
  line.worker.on('failed', (job, error) => {
    if (job && job.attemptsMade < attempts) return;
    // Not the error itself: it names the phone's address.
    const status = (error as { statusCode?: unknown }).statusCode;
    warn('a phone could not be told that its ticket is called', {
      reason: status ?? (error as { code?: unknown }).code,
    });
  });

  return {
    follow: (hall, { events }) => {
      if (!line.canMake() || !pushOf(ports, hall.branchId)) return;
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
        line.queue
          .add('call', { branchId: hall.branchId, ticketId: ticket.id, version: hall.version }, opts)
          .catch(() => {});
      }
    },
    close: () => line.close(),
  };
};

/**
 * Waits until this node has heard of what another one committed: the job may come before the feed does, and the call would be
 * taken for none. Throws where that cannot be had now; the job is then tried again.
 */
const knows = async (branch: Branch, version: number): Promise<void> => {
  for (let looks = 0; branch.hall.version < version; looks += 1) {
    if (looks >= looksForCall) throw new Error('this node is behind its ledger');
    branch.hear(version);
    await branch.settled();
  }
};
