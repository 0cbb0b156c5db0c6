import { examineBranch } from '../doctor/examine.ts';
import { listExamined } from '../doctor/list-examined.ts';
import { connectPostgres } from '../ledger/connect-postgres.ts';
import { connectRedis } from '../live/connect-redis.ts';

const shown = 5;

/** What the doctor says of one hall, in lines for the closing report. Throws what Postgres throws. */
export const examineHall = async (place: {
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly branchId: string;
}): Promise<{ readonly wrong: number; readonly lines: string[] }> => {
  const sql = connectPostgres(place.databaseUrl, { connections: 2 });
  const redis = place.redisUrl ? connectRedis(place.redisUrl, () => {}) : undefined;
  if (redis) await new Promise((resolve) => redis.once('ready', resolve).once('error', resolve));
  try {
    const branchId = (await listExamined(sql)).find((id) => id === place.branchId);
    if (!branchId) return { wrong: 1, lines: [`The ledger's own check: there is no ledger of ${place.branchId}.`] };
    const { events, tickets, findings, notChecked } = await examineBranch({ sql, ...(redis && { redis }) }, branchId);
    const verdict = findings.length === 0 ? 'nothing is missing or wrong' : `${findings.length} findings`;
    return {
      wrong: findings.length,
      lines: [
        `The ledger's own check: ${verdict} in ${events} events with ${tickets} tickets.`,
        ...notChecked.map((check) => `  Not checked: ${check}`),
        ...findings.slice(0, shown).map(({ invariant, message }) => `  ${invariant}: ${message}`),
      ],
    };
  } finally {
    redis?.disconnect();
    await sql.end({ timeout: 5 });
  }
};
