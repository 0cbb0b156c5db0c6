import { businessDayEnd } from '@antrean/shared/domain/business-day.ts';
import { periodAfter, periodAround } from '@antrean/shared/domain/report-period.ts';
import { MailFailed, type Mailer } from '../mail/mailer.ts';
import type { ReportMailPorts } from './report-mail-ports.ts';
import {
  listDue,
  noteDone,
  noteFailed,
  type PeriodEnd,
  putOff,
  type Subscriber,
  takeSubscriber,
} from './subscriber-rows.ts';
import { writeReport } from './write-report.ts';

export interface SendReportsPorts extends ReportMailPorts {
  readonly mailer: Mailer;
  readonly warn: (message: string, details: object) => void;
}

/** How often is looked what is due, ms. */
const lookEveryMs = 5_000;
const hourMs = 3_600_000;
/** A day that is still open after it is over is waited for so long, ms, looking every so often. */
const openMostMs = 6 * hourMs;
const openPauseMs = hourMs / 6;
/** So long after its period a report is worth sending, ms. */
const sentWithinMs = 7 * 24 * hourMs;

/**
 * Sends the reports that are due (REPORT-21). The rows are the only copy of what is to be done, and a node takes each on for
 * itself, so that any number of nodes sends each once, and what one that died was at another sends.
 *
 * @returns stops, and waits for what is under way
 */
export const sendReports = (ports: SendReportsPorts): (() => Promise<void>) => {
  let isStopped = false;
  let looking: Promise<void> | null = null;
  const look = async (): Promise<void> => {
    // Until nothing is due: whoever missed several periods gets them one after another.
    for (;;) {
      const due = await listDue(ports.sql);
      if (due.length === 0) return;
      for (const { id } of due) {
        if (isStopped) return;
        const subscriber = await takeSubscriber(ports.sql, id);
        if (subscriber) await sendOne(ports, subscriber);
      }
    }
  };
  const timer = setInterval(() => {
    // Postgres is away: what is due is due at the next turn, too.
    looking ??= look().then(
      () => void (looking = null),
      () => void (looking = null),
    );
  }, lookEveryMs);
  return async () => {
    isStopped = true;
    clearInterval(timer);
    await looking;
  };
};

const sendOne = async (ports: SendReportsPorts, subscriber: Subscriber): Promise<void> => {
  const { sql, halls, clock, mailer, warn } = ports;
  const { id, branchId, every, nextFrom, address } = subscriber;
  const { hall, setup } = await halls.branch(branchId);
  const overAt = (day: string): number => businessDayEnd(day, setup.zone, setup.dayStartsAt);
  const period = periodAround(every, nextFrom);
  const late = clock.now() - overAt(period.to);
  // The hall's clock was changed since.
  if (late < 0) return putOff(sql, subscriber, overAt(period.to));
  const isOpen = hall.day !== null && hall.day.isOpen && hall.day.date <= period.to;
  if (isOpen && late < openMostMs) return putOff(sql, subscriber, clock.now() + openPauseMs);

  const next = periodAfter(every, period);
  const done = (how: PeriodEnd): Promise<void> =>
    noteDone(sql, subscriber, how, { from: next.from, at: overAt(next.to) });
  if (late > sentWithinMs) return done('lost');
  try {
    const report = await writeReport(ports, subscriber, period);
    // A day without a visitor, as on a holiday; a week or a month without one is told.
    if (report.isEmpty && every === 'day') return await done('nothing');
    await mailer({ ...report.mail, id: `${id}-${period.from}`, to: address });
  } catch (error) {
    const { problem, isFinal } = error instanceof MailFailed ? error : new MailFailed('other', false);
    warn('a report was not sent', { branchId, subscriberId: id, reason: problem });
    await noteFailed(sql, subscriber, problem);
    return isFinal ? done('lost') : undefined;
  }
  await done('sent');
};
