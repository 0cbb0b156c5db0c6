import type { Job } from 'bullmq';
import type { Halls } from '../hall/halls.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import { openJobLine } from '../live/job-line.ts';
import { MailFailed, type Mailer } from './mailer.ts';
import { listDue, noteFailed, noteSent, takeMessage } from './outbox.ts';
import { writeMessage } from './write-message.ts';

export interface SendPorts {
  readonly sql: Sql;
  readonly redisUrl: string;
  readonly halls: Pick<Halls, 'branch'>;
  readonly mailer: Mailer;
  readonly publicUrl?: URL | undefined;
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
  const { sql, halls, mailer, warn } = ports;
  const send = async (id: string): Promise<void> => {
    const message = await takeMessage(sql, id);
    if (!message) return;
    try {
      const { setup } = await halls.branch(message.branchId);
      await mailer({ id, to: message.address, ...writeMessage(message, setup, ports.publicUrl) });
    } catch (error) {
      const { problem, isFinal } = error instanceof MailFailed ? error : new MailFailed('other', false);
      warn('an e-mail of an alert was not sent', { branchId: message.branchId, reason: problem });
      return noteFailed(sql, id, problem, isFinal);
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
    for (const { id, tries } of await listDue(sql)) {
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
