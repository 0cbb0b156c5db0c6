import { performance } from 'node:perf_hooks';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { startNode } from '@antrean/server/node.ts';
import { createLog } from '@antrean/server/start-up/create-log.ts';
import type { Api } from '../harness/api.ts';
import type { Sql } from 'postgres';
import { plainBranch, serviceCount } from '../harness/plain-hall.ts';
import { type Figure, figureOf } from './figures.ts';
import { postsPerSecond } from './generate-load.ts';
import type { ServerProcess } from '../harness/server-process.ts';
import { testSeal } from '../harness/test-seal.ts';

export interface BenchHall {
  readonly sql: Sql;
  readonly databaseUrl: string;
  readonly server: ServerProcess;
  readonly api: Api;
  /** Of the manager. */
  readonly password: string;
  readonly stop: () => Promise<void>;
}

const issue = (address: string, amount: number) =>
  postsPerSecond({
    address,
    paths: ['/v1/branches/plain/tickets'],
    bodyOf: (index) => ({ serviceId: `S-${index % serviceCount}` }),
    expected: 201,
    connections: 64,
    amount,
  });

/** Resident memory of the server after 100,000 tickets on one day; the limit is the budget, 300 MB. */
export const measureMemoryOfTickets = async (startHall: () => Promise<BenchHall>, rounds: number): Promise<Figure> => {
  const results: { ours: number; limit: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const hall = await startHall();
    await issue(hall.server.address, 100_000);
    results.push({ ours: await hall.server.rssMb(), limit: 300 });
    await hall.stop();
  }
  return figureOf(results, 'MB');
};

/** How long a fresh node takes to hold a branch with 10,000 tickets today; the limit is the budget, 500 ms. */
export const measureReload = async (
  startHall: () => Promise<BenchHall>,
  redisUrl: string,
  rounds: number,
): Promise<Figure> => {
  const hall = await startHall();
  await issue(hall.server.address, 10_000);
  // Half of them called and ended, as on a real day: what is folded is events, not tickets.
  for (let index = 0; index < 5_000; index++) await hall.api.post(`/counters/C-${(index % 16) + 1}/call-next`);
  await hall.stop();
  const results: { ours: number; limit: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const node = await startNode({
      databaseUrl: hall.databaseUrl,
      redisUrl,
      host: '127.0.0.1',
      port: 0,
      seal: testSeal,
      log: createLog('warn'),
      servesScreens: false,
    });
    const startedAt = performance.now();
    const { hall: state } = await node.halls.branch(plainBranch as BranchId);
    results.push({ ours: performance.now() - startedAt, limit: 500 });
    if (state.tickets.size < 10_000) throw new Error(`only ${state.tickets.size} tickets were loaded`);
    await node.close();
  }
  return figureOf(results, 'ms');
};
