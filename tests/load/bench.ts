import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { migrateDatabase } from '@antrean/server/ledger/migrate-database.ts';
import { importBlueprint } from '@antrean/server/setup/import-blueprint.ts';
import postgres from 'postgres';
import { startTestPostgres } from '../harness/postgres.ts';
import { openHall, signIn } from '../harness/api.ts';
import { counterCount, makeHall, plainBranch, plainHall, serviceCount } from '../harness/plain-hall.ts';
import { startTestRedis } from '../harness/redis.ts';
import { antreanScript, startServer } from '../harness/server-process.ts';
import { type Figure, figureOf } from './figures.ts';
import { postsPerSecond } from './generate-load.ts';
import { measureDashboard } from './measure-dashboard.ts';
import { measureLogins } from './measure-logins.ts';
import { measureMemoryOfTickets, measureReload } from './measure-memory.ts';
import { measurePhones } from './measure-phones.ts';
import { measurePickNext } from './measure-pick-next.ts';
import { measureScreens } from './measure-screens.ts';
import { bareScript, measureTvs } from './measure-tvs.ts';
import { callsPerSecond, insertsPerSecond, type Protocol } from './run-pgbench.ts';

// `pnpm bench [--json FILE] [--only PREFIX] [--rounds N] [--protocol simple|prepared]`: every figure in turn with its
// limit, on this machine, now. The protocol is pgbench's; `simple` is what it takes by itself.
const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '3' },
    protocol: { type: 'string', default: 'simple' },
  },
});
const rounds = Number(options.rounds);
const protocol = options.protocol as Protocol;
const figures: Record<string, Figure> = {};
const wanted = (key: string) => key.startsWith(options.only);
const show = (key: string, figure: Figure) => {
  figures[key] = figure;
  const number = (value: number) => value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 });
  console.log(
    `${key.padEnd(24)} ours ${number(figure.ours).padStart(9)}  limit ${number(figure.limit).padStart(9)} ${figure.unit}` +
      `  ratio ${figure.ratio.toFixed(2)} (${figure.min.toFixed(2)} to ${figure.max.toFixed(2)})`,
  );
};

console.log(
  `${new Date().toISOString()}, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, ${rounds} rounds, pgbench ${protocol}`,
);
const store = await startTestPostgres();
const redis = await startTestRedis('redis-server');

/** Beside the hall that is measured, for what only makes the server warm. */
const warmUpBranch = 'warm-up';

/** A fresh database with both halls, a fresh node on it, and the manager signed in. */
const startHall = async (env: Record<string, string> = {}) => {
  const databaseUrl = await store.createDatabase();
  await migrateDatabase(databaseUrl);
  const sql = postgres(databaseUrl, { onnotice: () => {} });
  await importBlueprint(sql, { ...plainHall, branch: warmUpBranch });
  const password = await makeHall(sql);
  const server = await startServer(antreanScript, { DATABASE_URL: databaseUrl, REDIS_URL: redis.url, ...env });
  const api = await signIn(server.address, plainBranch, 'manager', password);
  await openHall(api, counterCount);
  await openHall(await signIn(server.address, warmUpBranch, 'manager', password), counterCount);
  const stop = async () => {
    await server.stop();
    await sql.end();
  };
  return { databaseUrl, sql, server, api, password, stop };
};

const issueBody = (index: number) => ({ serviceId: `S-${index % serviceCount}` });
const issuePaths = (branch: string) => [`/v1/branches/${branch}/tickets`];
const callPaths = (branch: string) =>
  Array.from({ length: counterCount }, (_, index) => `/v1/branches/${branch}/counters/C-${index + 1}/call-next`);
/**
 * Requests before anything is measured, for a branch of their own: a server works for days, and its code is compiled
 * over the first tens of seconds.
 */
const warmUp = 40_000;
/** The same with one in flight. */
const warmUpAlone = 4_000;

try {
  if (wanted('pick')) for (const [key, figure] of measurePickNext(rounds)) show(key, figure);
  if (wanted('issue')) {
    const bare = await startServer(bareScript);
    const results = { bare: [], pg64: [], c1: [] } as Record<string, { ours: number; limit: number }[]>;
    for (let round = 0; round < rounds; round++) {
      const hall = await startHall();
      const { address } = hall.server;
      const load = { address, paths: issuePaths(plainBranch), bodyOf: issueBody, expected: 201, connections: 64 };
      const warmLoad = { ...load, paths: issuePaths(warmUpBranch) };
      const bareLoad = { ...load, address: bare.address };
      await postsPerSecond({ ...warmLoad, amount: warmUp });
      await postsPerSecond({ ...bareLoad, amount: warmUp });
      const ours = await postsPerSecond(load);
      const limit = await postsPerSecond(bareLoad);
      results.bare?.push({ ours, limit });
      results.pg64?.push({
        ours,
        limit: await insertsPerSecond(hall.sql, { databaseUrl: hall.databaseUrl, clients: 64, protocol }),
      });
      await postsPerSecond({ ...warmLoad, connections: 1, amount: warmUpAlone });
      const one = await postsPerSecond({ ...load, connections: 1 });
      results.c1?.push({
        ours: one,
        limit: await insertsPerSecond(hall.sql, { databaseUrl: hall.databaseUrl, clients: 1, protocol }),
      });
      await hall.stop();
    }
    await bare.stop();
    show('issue.branch1.c64', figureOf(results.bare ?? [], '/s'));
    show('issue.branch1.c64.pg', figureOf(results.pg64 ?? [], '/s'));
    show('issue.branch1.c1.pg', figureOf(results.c1 ?? [], '/s'));
  }
  if (wanted('call.branch1')) {
    const results: { ours: number; limit: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      const hall = await startHall();
      const { address } = hall.server;
      const issue = (branch: string, amount: number) =>
        postsPerSecond({
          address,
          paths: issuePaths(branch),
          bodyOf: issueBody,
          expected: 201,
          connections: 64,
          amount,
        });
      const call = (branch: string, amount: number) =>
        postsPerSecond({
          address,
          paths: callPaths(branch),
          headers: hall.api.headers,
          bodyOf: () => ({}),
          expected: 200,
          connections: counterCount,
          amount,
        });
      await issue(warmUpBranch, warmUp);
      await call(warmUpBranch, warmUp / 2);
      await issue(plainBranch, 10_000);
      results.push({
        ours: await call(plainBranch, 9_600),
        limit: await callsPerSecond(hall.sql, { databaseUrl: hall.databaseUrl, clients: counterCount, protocol }),
      });
      await hall.stop();
    }
    show('call.branch1.c16.pg', figureOf(results, '/s'));
  }
  if (wanted('call.tv') || wanted('rss.tv')) {
    for (const [key, figure] of await measureTvs(startHall, rounds)) show(key, figure);
  }
  if (wanted('phones') || wanted('rss.phones')) {
    for (const [key, figure] of await measurePhones(startHall, rounds)) show(key, figure);
  }
  if (wanted('screens')) {
    for (const [key, figure] of await measureScreens(() => startHall({ SCREENS: 'yes' }), rounds)) show(key, figure);
  }
  if (wanted('dashboard')) {
    show('dashboard.message', await measureDashboard(() => startHall({ SCREENS: 'yes' }), rounds));
  }
  if (wanted('logins')) for (const [key, figure] of await measureLogins(startHall, rounds)) show(key, figure);
  if (wanted('rss.tickets')) show('rss.tickets100k', await measureMemoryOfTickets(startHall, rounds));
  if (wanted('reload')) show('reload.day10k', await measureReload(startHall, redis.url, rounds));
} finally {
  await redis.stop();
  await store.stop();
}
if (options.json) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`);
