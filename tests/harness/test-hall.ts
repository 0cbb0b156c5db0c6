import { type NodeOptions, type RunningNode, startNode } from '@antrean/server/node.ts';
import { createLog } from '@antrean/server/start-up/create-log.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import postgres from 'postgres';
import { inject } from 'vitest';
import { type Api, apiOf, signIn } from './api.ts';
import { makeHall, plainHall } from './plain-hall.ts';
import { asServer, createTestDatabase } from './postgres.ts';
import { startTestRedis, type TestRedis } from './redis.ts';
import { testSeal } from './test-seal.ts';

/** A hall that runs: its own database and Redis, one or more nodes in this process, a manager signed in at each. */
export interface TestHall {
  readonly branchId: string;
  readonly databaseUrl: string;
  readonly sql: postgres.Sql;
  readonly redis: TestRedis;
  readonly nodes: readonly RunningNode[];
  /** The manager's API at each node. */
  readonly managers: readonly Api[];
  /** The visitor's API at each node. */
  readonly visitors: readonly Api[];
  readonly managerPassword: string;
  readonly stop: () => Promise<void>;
}

export const startTestHall = async ({
  blueprint = plainHall,
  nodeCount = 1,
  ...options
}: { blueprint?: Blueprint; nodeCount?: number } & Partial<NodeOptions> = {}): Promise<TestHall> => {
  const databaseUrl = options.databaseUrl ?? (await createTestDatabase(inject('postgresUrl')));
  const redis = await startTestRedis();
  const sql = postgres(databaseUrl, { max: 4, onnotice: () => {} });
  const managerPassword = await makeHall(sql, blueprint);
  const nodes: RunningNode[] = [];
  for (let count = 0; count < nodeCount; count++) {
    nodes.push(
      await startNode({
        databaseUrl: options.databaseUrl ?? asServer(databaseUrl),
        redisUrl: redis.url,
        host: '127.0.0.1',
        port: 0,
        seal: testSeal,
        log: createLog(process.env.ANTREAN_TEST_LOG ?? 'fatal'),
        servesScreens: false,
        ...options,
      }),
    );
  }
  const branchId = blueprint.branch;
  return {
    branchId,
    databaseUrl,
    sql,
    redis,
    nodes,
    managers: await Promise.all(nodes.map(({ address }) => signIn(address, branchId, 'manager', managerPassword))),
    visitors: nodes.map(({ address }) => apiOf(address, branchId)),
    managerPassword,
    stop: async () => {
      await Promise.all(nodes.map((node) => node.close()));
      await redis.stop();
      await sql.end({ timeout: 1 });
    },
  };
};
