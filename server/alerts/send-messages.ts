import type { Job } from 'bullmq';
import type { Halls } from '../hall/halls.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import { openJobLine } from '../live/job-line.ts';
import { type ChannelPorts, channelsOf, deliverMessage } from './deliver-message.ts';
import { MailFailed } from '../mail/mailer.ts';
import { listDue, noteFailed, noteSent, noteStopped, takeMessage } from './outbox.ts';
import { WebhookFailed } from './post-webhook.ts';

export interface SendPorts extends ChannelPorts {
  readonly sql: Sql;
  readonly redisUrl: string;
  readonly halls: Pick<Halls, 'branch'>;
  readonly warn: (message: string, details: object) => void;
}

interface MessageJob {
  readonly id: string;
}

const queueName = 'alert-mail';
/** How often is looked what is due, ms. */
const lookEveryMs = 2_000;
/** So long a job is known, so that nodes which look at once make it once, s: which try it is stands in its name. */
const knownForSeconds = 300;
/** Messages under way on a node. */
const concurrency = 4;

/**
 * Sends what the outbox holds (ALERT-7). The table is the only copy: it says what is due, when it is tried again and who has
 * taken it on, so that a Redis that is emptied loses nothing, and without Redis each node sends by itself.
 */
export const sendMessages = (ports: SendPorts): (() => Promise<void>) => {
  const { sql, halls, warn } = ports;
  const channels = channelsOf(ports);
  const send = async (id: string): Promise<void> => {
    const message = await takeMessage(sql, id, channels);
    if (!message) return;
    try {
      const { setup } = await halls.branch(message.branchId);
      await deliverMessage(ports, message, setup);
    } catch (error) {
      const { problem, isFinal } =
        error instanceof MailFailed || error instanceof WebhookFailed ? error : new MailFailed('other', false);
      const { branchId, channel, subscriberId } = message;
      warn('a message of an alert was not sent', { branchId, channel, subscriberId, reason: problem });
      await noteFailed(sql, id, problem, isFinal);
      if (problem === 'gone') await noteStopped(sql, subscriberId, true);
      return;
    }
    await noteSent(sql, id);
  };

  const line = openJobLine<MessageJob>(
    ports.redisUrl,
    queueName,
    ({ data }: Job<MessageJob>) => send(data.id),
    concurrency,
  );
  let looking: Promise<void> | null = null;
  const look = async (): Promise<void> => {
    const known = { removeOnComplete: { age: knownForSeconds }, removeOnFail: { age: knownForSeconds } };
    for (const { id, tries } of await listDue(sql, channels)) {
      if (line.canMake() && line.canTake()) await line.queue.add('send', { id }, { jobId: `${id}-${tries}`, ...known });
      else await send(id);
    }
  };
  const timer = setInterval(() => {
    // Postgres or Redis is away: what is due is due at the next turn, too.
    looking ??= look().then(
      () => void (looking = null),
      () => void (looking = null),
    );
  }, lookEveryMs);

  return async () => {
    clearInterval(timer);
    await line.close(looking ?? undefined);
  };
};
