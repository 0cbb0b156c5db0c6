import type { Violation } from '@antrean/shared/domain/check-ledger.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Redis } from 'ioredis';
import type { Sql } from '../ledger/connect-postgres.ts';
import { listBranches } from '../setup/read-setup.ts';
import { checkAnswers, type HeardAnswers } from './check-answers.ts';
import { checkChain } from './check-chain.ts';
import { checkLines } from './check-lines.ts';
import { checkScreen } from './check-screens.ts';
import { checkTables } from './check-tables.ts';
import type { Examination } from './finding.ts';
import { foldDay } from './fold-day.ts';

export interface Patient {
  readonly sql: Sql;
  /** Absent: the lines in Redis are not looked at. */
  readonly redis?: Redis;
  /** Of a running server; absent: no screen is looked at. */
  readonly address?: string;
  /** What senders heard, where somebody wrote it down. */
  readonly heard?: HeardAnswers;
  /** Copies follow the ledger by a moment; what is wrong for longer is wrong, ms (I10, I11). Default 5,000. */
  readonly settleMs?: number;
}

const everyMs = 200;

/** Examines every branch of an installation. Throws what Postgres throws. */
export const examine = async (patient: Patient): Promise<Examination[]> => {
  const examinations: Examination[] = [];
  for (const { id } of await listBranches(patient.sql)) examinations.push(await examineBranch(patient, id));
  return examinations;
};

const examineBranch = async (patient: Patient, branchId: BranchId): Promise<Examination> => {
  const { sql, redis, address, heard, settleMs = 5_000 } = patient;
  const checks: string[] = [];
  const notChecked: string[] = [];
  const chain = await checkChain(sql, branchId);
  checks.push(
    `the ledger: ${chain.events} events with ${chain.tickets} tickets, hash chain and rules (I1-I4, I6, I8, I9)`,
  );
  const findings: Violation[] = [...chain.findings];
  if (heard) {
    findings.push(...(await checkAnswers(sql, branchId, heard)));
    checks.push(`the answers senders heard: ${heard.size} (I4, I5)`);
  }
  const look = async (name: string, check: () => Promise<Violation[]>): Promise<void> => {
    try {
      findings.push(...(await whenSettled(check, settleMs)));
      checks.push(name);
    } catch (error) {
      notChecked.push(`${name}: ${(error as Error).message}`);
    }
  };
  if (chain.findings.length > 0) {
    notChecked.push('tables, lines and screens: a ledger that is not whole cannot be held against them');
    return { branchId, events: chain.events, tickets: chain.tickets, checks, notChecked, findings };
  }
  await look('the tables of the second lock (I7)', async () => checkTables(sql, (await foldDay(sql, branchId)).hall));
  if (redis) {
    await look('lines, board and feed in Redis (I10, I12)', async () => {
      const { hall, epoch } = await foldDay(sql, branchId);
      return checkLines(redis, hall, epoch);
    });
  } else notChecked.push('lines in Redis: no Redis is named');
  if (address) {
    const hall = async () => (await foldDay(sql, branchId)).hall;
    await look('a screen that joined (I11, I12)', () => checkScreen(address, branchId, hall));
  } else notChecked.push('screens: no running server is named');
  return { branchId, events: chain.events, tickets: chain.tickets, checks, notChecked, findings };
};

/** Looks again while something is wrong, until it is right or has had time enough. */
const whenSettled = async (check: () => Promise<Violation[]>, settleMs: number): Promise<Violation[]> => {
  const deadline = Date.now() + settleMs;
  for (;;) {
    const found = await check();
    if (found.length === 0 || Date.now() > deadline) return found;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
};
