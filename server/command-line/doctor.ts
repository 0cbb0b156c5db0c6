import type { Command } from 'commander';
import type { Redis } from 'ioredis';
import { examineBranch, type Patient } from '../doctor/examine.ts';
import type { Examination } from '../doctor/finding.ts';
import { checkAudit } from '../doctor/check-audit.ts';
import { listExamined } from '../doctor/list-examined.ts';
import { auditLines, reportLines, verdictOf } from '../doctor/report.ts';
import { connectPostgres, type Sql } from '../ledger/connect-postgres.ts';
import { connectRedis } from '../live/connect-redis.ts';
import { StartUpError } from '../start-up/start-up-error.ts';
import { findInstallation } from './installation.ts';

interface DoctorFlags {
  readonly address?: readonly string[];
  readonly redis: boolean;
  readonly screens: boolean;
}

const help = `
A hall may be examined while it works: the doctor changes nothing, and nobody waits for it.

Ends with 0 when all is sound, 1 when something is wrong, 2 when nothing wrong was seen but not everything could be looked
at: Postgres, Redis or a server did not answer, or is not named. The report says what to do.`;

export const doctorCommand = (program: Command): void => {
  program
    .command('doctor')
    .summary('check what must always hold (I1 to I12, I14, the audit trail) on a live installation')
    .description(
      'Checks what must always hold (I1 to I12, I14 and the audit trail, docs/operations.md) in every hall of a live installation.',
    )
    .option('--address <url...>', 'running servers, to join each as a screen (default: the one that runs here)')
    .option('--no-redis', 'leave the lines in Redis out')
    .option('--no-screens', 'leave screens out')
    .addHelpText('after', help)
    .action(async (flags: DoctorFlags) => {
      try {
        process.exitCode = await examineInstallation(flags);
      } catch (error) {
        console.log(`Nothing could be checked: ${reasonOf(error)}`);
        if (!isExpected(error)) console.error(error);
        process.exitCode = 2;
      }
    });
};

const examineInstallation = async (flags: DoctorFlags): Promise<number> => {
  const { databaseUrl, redisUrl, address } = findInstallation();
  const sql = connectPostgres(databaseUrl, { connections: 4 });
  const redis = flags.redis && redisUrl ? connectRedis(redisUrl, () => {}) : undefined;
  if (redis) await new Promise((resolve) => redis.once('ready', resolve).once('error', resolve));
  const addresses = flags.screens ? (flags.address ?? (address ? [address] : [])) : [];
  const notNamed = [
    ...(flags.redis && !redis ? ['Redis: none is named. Set REDIS_URL, or leave it out with --no-redis.'] : []),
    ...(flags.screens && addresses.length === 0
      ? ['screens: no running server is named. Name one with --address, or leave them out with --no-screens.']
      : []),
  ];
  try {
    const examinations = await examineAll(sql, redis, addresses);
    const audit = await checkAudit(sql);
    console.log(auditLines(audit).join('\n'));
    for (const each of notNamed) console.log(`NOT CHECKED  ${each}`);
    const { verdict, text } = verdictOf([...examinations, { findings: audit.findings, notChecked: notNamed }]);
    console.log(examinations.length === 0 ? `There is no hall in this database. ${text}` : text);
    return verdict;
  } finally {
    redis?.disconnect();
    await sql.end({ timeout: 5 });
  }
};

/** Hall by hall, and each is reported at once: there may be many, and the last may be the one that cannot be read. */
const examineAll = async (
  sql: Sql,
  redis: Redis | undefined,
  addresses: readonly string[],
): Promise<readonly Examination[]> => {
  const patient: Patient = { sql, addresses, ...(redis && { redis }) };
  const examinations: Examination[] = [];
  for (const branchId of await listExamined(sql)) {
    const examination = await examineBranch(patient, branchId);
    console.log(reportLines(examination).join('\n'));
    examinations.push(examination);
  }
  return examinations;
};

const reasonOf = (error: unknown): string => {
  if (error instanceof StartUpError) return error.message;
  const { code, message } = error as { code?: string; message: string };
  if (code === '42P01') return `the database is not one of Antrean, or not of this version: run antrean migrate`;
  return `${message}. See that Postgres runs and that DATABASE_URL names it.`;
};

/** What the message alone explains: Postgres is away, or not ours. Anything else is a fault of this program. */
const isExpected = (error: unknown): boolean =>
  error instanceof StartUpError || typeof (error as { code?: unknown }).code === 'string';
