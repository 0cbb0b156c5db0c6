import type { Command } from 'commander';
import { examine } from '../doctor/examine.ts';
import type { Examination } from '../doctor/finding.ts';
import { connectPostgres } from '../ledger/connect-postgres.ts';
import { connectRedis } from '../live/connect-redis.ts';
import { findInstallation } from './installation.ts';

/** Findings shown for one branch; more would say nothing new. */
const shown = 20;

export const doctorCommand = (program: Command): void => {
  program
    .command('doctor')
    .description('check what must always hold (I1 to I12) on a live installation; ends with 1 when something is wrong')
    .option('--address <url>', 'a running server, to join it as a screen')
    .action(async (flags: { address?: string }) => {
      const { databaseUrl, redisUrl, address } = findInstallation();
      const screenAddress = flags.address ?? address;
      const sql = connectPostgres(databaseUrl, 4);
      const redis = redisUrl ? connectRedis(redisUrl, () => {}) : undefined;
      if (redis) await new Promise((resolve) => redis.once('ready', resolve).once('error', resolve));
      try {
        const examinations = await examine({
          sql,
          ...(redis && { redis }),
          addresses: screenAddress ? [screenAddress] : [],
        });
        for (const line of examinations.flatMap(linesOf)) console.log(line);
        const wrong = examinations.reduce((sum, { findings }) => sum + findings.length, 0);
        console.log(wrong === 0 ? 'Nothing is wrong.' : `${wrong} findings.`);
        process.exitCode = wrong === 0 ? 0 : 1;
      } finally {
        redis?.disconnect();
        await sql.end({ timeout: 5 });
      }
    });
};

const linesOf = ({ branchId, checks, notChecked, findings }: Examination): string[] => [
  branchId,
  ...checks.map((check) => `  checked      ${check}`),
  ...notChecked.map((check) => `  not checked  ${check}`),
  ...findings.slice(0, shown).map(({ invariant, message }) => `  WRONG ${invariant.padEnd(4)}   ${message}`),
  ...(findings.length > shown ? [`  … and ${findings.length - shown} more`] : []),
];
