import postgres from 'postgres';
import { openHall, signIn } from '../harness/api.ts';
import { makeHall, plainBranch } from '../harness/plain-hall.ts';
import { createTestDatabase } from '../harness/postgres.ts';
import { startTestRedis } from '../harness/redis.ts';
import { antreanScript, type ServerProcess, startServer } from '../harness/server-process.ts';
import { type Link, startTcpProxy, type TcpProxy } from '../harness/tcp-proxy.ts';
import type { Target } from './command-log.ts';
import { type KillablePostgres, startKillablePostgres } from './killable-postgres.ts';

export const counters = 4;

/** A hall that can be killed part by part: a node in a process of its own, between it and each store a proxy. */
export interface CrashScene {
  readonly postgres: KillablePostgres;
  /** Past the proxy. */
  readonly sql: postgres.Sql;
  readonly postgresProxy: TcpProxy;
  readonly redisProxy: TcpProxy;
  /** Past the proxy. */
  readonly redis: { readonly url: string };
  readonly target: Target;
  /** `kill -9`, and waits until it is gone. */
  readonly killNode: () => Promise<void>;
  /** Starts the node again on the same stores, at another address. */
  readonly startNode: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export const setCrashScene = async (): Promise<CrashScene> => {
  const store = await startKillablePostgres();
  const databaseUrl = await createTestDatabase(store.url);
  const sql = postgres(databaseUrl, { max: 2, onnotice: () => {} });
  const password = await makeHall(sql);
  const redis = await startTestRedis();
  const postgresProxy = await startTcpProxy(databaseUrl);
  const redisProxy = await startTcpProxy(redis.url);
  const start = (): Promise<ServerProcess> =>
    startServer(antreanScript, {
      DATABASE_URL: postgresProxy.url,
      REDIS_URL: redisProxy.url,
      LOG_LEVEL: process.env.ANTREAN_TEST_LOG ?? 'fatal',
    });
  let node = await start();
  const manager = await signIn(node.address, plainBranch, 'manager', password);
  await openHall(manager, counters);
  return {
    postgres: store,
    sql,
    postgresProxy,
    redisProxy,
    redis,
    target: { address: () => node.address, branchId: plainBranch, headers: manager.headers },
    killNode: () => node.stop(),
    startNode: async () => void (node = await start()),
    close: async () => {
      await node.stop();
      await postgresProxy.close();
      await redisProxy.close();
      await redis.stop();
      await sql.end({ timeout: 1 });
      await store.remove();
    },
  };
};

/**
 * Waits for the first chunk on its way up that names the command, and does something with its link before the chunk
 * is sent on.
 */
export const atCommand = (proxy: TcpProxy, commandId: string, act: (link: Link) => void): Promise<Link> =>
  new Promise((resolve) => {
    proxy.onChunk = (link, direction, chunk) => {
      if (direction !== 'up' || !chunk.includes(commandId)) return;
      proxy.onChunk = null;
      act(link);
      resolve(link);
    };
  });

/** Waits for the store's next word on a link, which is then on its way to the node. */
export const nextAnswer = (proxy: TcpProxy, on: Link): Promise<void> =>
  new Promise((resolve) => {
    proxy.onChunk = (link, direction) => {
      if (link !== on || direction !== 'down') return;
      proxy.onChunk = null;
      resolve();
    };
  });

/** Whether the ledger has the command, asked past the proxy. */
export const isCommitted = async (sql: postgres.Sql, commandId: string): Promise<boolean> =>
  (await sql`select from ticket_event where command_id = ${commandId}`).length > 0;
