import { startTestPostgres } from './harness/postgres.ts';
import { startTestRedis } from './harness/redis.ts';
import { makeHall } from './harness/plain-hall.ts';
import { startServer } from './load/server-process.ts';
import postgres from 'postgres';
import { chooseDay, readRecordedDays } from '@antrean/server/rehearsal/read-recorded-day.ts';
import { recordedDesk } from '@antrean/server/rehearsal/recorded-desk.ts';
import { replayDay } from '@antrean/server/rehearsal/replay.ts';
import { reportLines } from '@antrean/server/rehearsal/report.ts';
const [day, speed] = process.argv.slice(2).map(Number);
const pg = await startTestPostgres({ fsync: true });
const redis = await startTestRedis('redis-server');
const DATABASE_URL = await pg.createDatabase();
const sql = postgres(DATABASE_URL, { onnotice: () => {} });
const file = '/work/shared/data/bank-1999-02a.csv';
const record = await readRecordedDays(file);
const { blueprint, hall } = recordedDesk(record);
const password = await makeHall(sql, blueprint);
const server = await startServer('serve-antrean.ts', { DATABASE_URL, REDIS_URL: redis.url });
console.log(server.address, blueprint.counters.length, DATABASE_URL);
let last = 0;
const result = await replayDay({
  address: server.address, account: { login: 'manager', password }, hall, visits: chooseDay(file, record, day).visits, speed: speed!, run: 'x',
  signal: AbortSignal.timeout(100_000),
  onProgress: (p) => { if (Date.now() - last > 3000) { last = Date.now(); console.log(JSON.stringify(p)); } },
});
console.log(reportLines(result).join('\n'));
await server.stop(); await sql.end(); await redis.stop(); await pg.stop();
