import type { Violation } from '@antrean/shared/domain/check-ledger.ts';
import type { BranchId, ServiceId } from '@antrean/shared/domain/ids.ts';
import type { Redis } from 'ioredis';
import type { Sql } from '../ledger/connect-postgres.ts';
import { atOneVersion } from './at-one-version.ts';
import { checkAnswers, type HeardAnswers } from './check-answers.ts';
import { checkLive, type Truth } from './check-live.ts';
import { checkScreen } from './check-screens.ts';
import { checkSetUp, findSetup } from './check-set-up.ts';
import { examineLedger } from './examine-ledger.ts';
import type { Examination } from './finding.ts';
import { foldOn } from './fold-on.ts';
import { listExamined } from './list-examined.ts';
import { whenSettled } from './when-settled.ts';

export interface Patient {
  readonly sql: Sql;
  /** Absent: the lines in Redis are not looked at. */
  readonly redis?: Redis;
  /** Of running servers, each joined as a screen; absent: no screen is looked at. */
  readonly addresses?: readonly string[];
  /** What senders heard, where somebody wrote it down. */
  readonly heard?: HeardAnswers;
  /** Copies follow the ledger by a moment; what is wrong for longer is wrong, ms (I10, I11). Default 5,000. */
  readonly settleMs?: number;
}

/**
 * Examines every branch of an installation, however busy it is: ledger and tables at one version, each copy at the
 * version that it claims. Throws what Postgres throws before the first branch is known.
 */
export const examine = async (patient: Patient): Promise<Examination[]> => {
  const examinations: Examination[] = [];
  for (const id of await listExamined(patient.sql)) examinations.push(await examineBranch(patient, id));
  return examinations;
};

const examineBranch = async (patient: Patient, branchId: BranchId): Promise<Examination> => {
  const { sql, redis, addresses = [], heard, settleMs = 5_000 } = patient;
  const checks: string[] = [];
  const notChecked: string[] = [];
  const findings: Violation[] = [];
  const look = async <T>(name: string, check: () => Promise<T>): Promise<T | undefined> => {
    try {
      const result = await check();
      checks.push(name);
      return result;
    } catch (error) {
      notChecked.push(`${name}: ${reasonOf(error)}`);
      return undefined;
    }
  };
  const lookFor = async (name: string, check: () => Promise<readonly Violation[]>): Promise<void> => {
    findings.push(...((await look(name, check)) ?? []));
  };

  const ledger = await look('the ledger and its tables (I1-I4, I6-I9)', () =>
    atOneVersion(sql, (snapshot) => examineLedger(snapshot, branchId)),
  );
  if (!ledger) return { branchId, version: 0, events: 0, tickets: 0, checks, notChecked, findings };
  findings.push(...ledger.findings);
  const { hall, epoch, events, tickets } = ledger;
  const services = new Set<ServiceId>();
  await lookFor('the set-up', () =>
    whenSettled(
      () =>
        atOneVersion(sql, async (snapshot) => {
          const known = await findSetup(snapshot, branchId);
          for (const serviceId of known?.setup.services.keys() ?? []) services.add(serviceId);
          return checkSetUp(await foldOn(snapshot, hall), known);
        }),
      settleMs,
    ),
  );
  const truth: Truth = { hall, epoch, services };
  const copies: Promise<void>[] = [];
  if (heard) {
    copies.push(lookFor(`${heard.size} answers that senders heard (I4, I5)`, () => checkAnswers(sql, branchId, heard)));
  }
  if (redis) {
    const name = 'lines, board and feed in Redis (I10, I12)';
    copies.push(lookFor(name, () => whenSettled(() => checkLive(redis, sql, truth), settleMs)));
  }
  for (const address of addresses) {
    const name = `a screen that joined at ${address} (I11, I12)`;
    copies.push(lookFor(name, () => checkScreen(address, sql, truth, settleMs)));
  }
  await Promise.all(copies);
  return { branchId, version: hall.version, events, tickets, checks, notChecked, findings };
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
