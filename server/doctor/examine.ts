import type { Violation } from '@antrean/shared/domain/check-ledger.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Redis } from 'ioredis';
import type { Sql } from '../ledger/connect-postgres.ts';
import { atOneVersion } from './at-one-version.ts';
import { checkAnswers, type HeardAnswers } from './check-answers.ts';
import { checkPersonalData } from './check-personal-data.ts';
import { checkLive } from './check-live.ts';
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

/** Examines every branch of an installation. Throws what Postgres throws. */
export const examine = async (patient: Patient): Promise<Examination[]> => {
  const examinations: Examination[] = [];
  for (const id of await listExamined(patient.sql)) examinations.push(await examineBranch(patient, id));
  return examinations;
};

/**
 * Examines a branch however busy it is: ledger and tables at one version, each copy at the version that it claims.
 * Throws what Postgres throws; a Redis or server that does not answer is told as not checked.
 */
export const examineBranch = async (patient: Patient, branchId: BranchId): Promise<Examination> => {
  const { sql, redis, addresses = [], heard, settleMs = 5_000 } = patient;
  const ledger = await atOneVersion(sql, (snapshot) => examineLedger(snapshot, branchId));
  const { hall, events, tickets, calls } = ledger;
  const findings: Violation[] = [...ledger.findings];
  const notChecked: string[] = [];
  const checks = [
    `the ledger: ${events} events with ${tickets} tickets, hash chain and rules (I1-I4, I6, I8)`,
    `the order of ${calls.replayed + calls.earlier} calls (I9)${earlierNote(calls.earlier)}`,
    'the tables of the second lock, of every business day (I7)',
  ];

  const lookAtSetUp = (snapshot: Sql) =>
    Promise.all([foldOn(snapshot, hall), findSetup(snapshot, branchId)]).then(([then, known]) =>
      checkSetUp(then, known),
    );
  // An import writes the tables first and tells the servers then.
  findings.push(...(await whenSettled(() => atOneVersion(sql, lookAtSetUp), settleMs)));
  checks.push('the set-up, against who waits and who is at a counter');
  findings.push(...(await checkPersonalData(sql, branchId)));
  checks.push('personal data, of which none is kept beyond its time (I14)');
  if (heard) {
    findings.push(...(await checkAnswers(sql, branchId, heard)));
    checks.push(`${heard.size} answers that senders heard (I4, I5)`);
  }

  const look = async (name: string, whatToDo: string, check: () => Promise<readonly Violation[]>): Promise<void> => {
    try {
      findings.push(...(await check()));
      checks.push(name);
    } catch (error) {
      notChecked.push(`${name}: ${(error as Error).message}. ${whatToDo}`);
    }
  };
  const copies = addresses.map((address) =>
    look(`a screen that joined at ${address} (I11, I12)`, serverIsAway, () =>
      checkScreen(address, sql, ledger, settleMs),
    ),
  );
  if (redis) {
    const check = () => whenSettled(() => checkLive(redis, sql, ledger), settleMs);
    copies.push(look('lines, board and feed in Redis (I10, I12)', redisIsAway, check));
  }
  await Promise.all(copies);
  return { branchId, version: hall.version, events, tickets, checks, notChecked, findings };
};

const earlierNote = (earlier: number): string =>
  earlier === 0 ? '' : `, ${earlier} of them under an earlier set-up and thus only within line and class`;

const redisIsAway = 'See that Redis runs and that REDIS_URL names it; the hall works without it meanwhile.';
const serverIsAway = 'See that this server runs and reaches its database.';
