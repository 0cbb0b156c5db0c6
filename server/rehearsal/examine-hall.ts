import { examine } from '../doctor/examine.ts';
import { connectPostgres } from '../ledger/connect-postgres.ts';
import { connectRedis } from '../live/connect-redis.ts';

const shown = 5;

/** What the doctor says of one hall, in lines for the closing report. Throws what Postgres throws. */
export const examineHall = async (place: {
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly branchId: string;
}): Promise<{ readonly wrong: number; readonly lines: string[] }> => {
  const sql = connectPostgres(place.databaseUrl, 2);
  const redis = place.redisUrl ? connectRedis(place.redisUrl, () => {}) : undefined;
  if (redis) await new Promise((resolve) => redis.once('ready', resolve).once('error', resolve));
  try {
    const examinations = await examine({ sql, ...(redis && { redis }) });
    const own = examinations.find(({ branchId }) => branchId === place.branchId);
    if (!own) return { wrong: 1, lines: [`The ledger's own check: there is no ledger of ${place.branchId}.`] };
    const { events, tickets, findings, notChecked } = own;
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
