import { Redis } from 'ioredis';
import postgres from 'postgres';
import { startPostgres } from '../embedded/start-postgres.ts';
import { type EmbeddedRedis, startRedis } from '../embedded/start-redis.ts';
import { postgresFolder, redisFolder } from './data-folder.ts';
import type { Settings } from './settings.ts';
import { StartUpError } from './start-up-error.ts';

/** The two stores as this installation has them. */
export interface Stores {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** What an operator should know of them, a line each. */
  readonly notes: readonly string[];
  /** Stops what was started here. */
  readonly stop: () => Promise<void>;
}

const databaseName = 'antrean';

/** Starts or finds Postgres and Redis. Throws `StartUpError` when one is named that cannot be used. */
export const startStores = async (settings: Settings, data: string): Promise<Stores> => {
  const database = settings.DATABASE_URL
    ? { url: await givenDatabase(settings.DATABASE_URL), stop: async () => {} }
    : await ownDatabase(data);
  try {
    if (settings.REDIS_URL) {
      const notes = await checkGivenRedis(settings.REDIS_URL);
      return { databaseUrl: database.url, redisUrl: settings.REDIS_URL, notes, stop: database.stop };
    }
    const redis = await startRedis({ folder: redisFolder(data) });
    return {
      databaseUrl: database.url,
      redisUrl: redis.url,
      notes: redis.kind === 'in-process' ? [standInNote] : [],
      stop: async () => {
        await stopRedis(redis);
        await database.stop();
      },
    };
  } catch (error) {
    await database.stop();
    throw error;
  }
};

const standInNote =
  'no redis-server is installed, so a stand-in inside the process is used: good for trying out, not for a real hall';

const stopRedis = (redis: EmbeddedRedis) => redis.stop().catch(() => {});

const ownDatabase = async (data: string) => {
  const server = await startPostgres({ folder: postgresFolder(data) });
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  try {
    const [known] = await sql`select from pg_database where datname = ${databaseName}`;
    if (!known) await sql`create database ${sql(databaseName)}`;
  } finally {
    await sql.end({ timeout: 5 });
  }
  const url = new URL(server.url);
  url.pathname = `/${databaseName}`;
  return { url: url.href, stop: server.stop };
};

const givenDatabase = async (url: string): Promise<string> => {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    await sql`select 1`;
    return url;
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    throw new StartUpError(`DATABASE_URL cannot be used: ${whyNot(code) ?? message}`, { cause: error });
  } finally {
    await sql.end({ timeout: 1 });
  }
};

const whyNot = (code: string | undefined): string | undefined => {
  switch (code) {
    case '28P01':
    case '28000':
      return 'Postgres refuses its user or password: correct them';
    case '3D000':
      return 'there is no such database: make it (createdb) or correct the name';
    case 'ECONNREFUSED':
    case 'CONNECT_TIMEOUT':
      return 'nothing answers at its address: is Postgres running, are host and port right?';
    case 'ENOTFOUND':
      return 'its host is not known: correct the name';
    default:
      return undefined;
  }
};

/** A Redis that is away now may come back and does not keep us from starting; one that refuses us is a wrong setting. */
const checkGivenRedis = async (url: string): Promise<string[]> => {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: 3_000, retryStrategy: () => null });
  redis.on('error', () => {});
  try {
    await redis.connect();
    await redis.ping();
    return [];
  } catch (error) {
    const { message } = error as Error;
    if (/NOAUTH|WRONGPASS|NOPERM/.test(message)) {
      throw new StartUpError('REDIS_URL cannot be used: Redis refuses its user or password: correct them', {
        cause: error,
      });
    }
    return [
      'the Redis of REDIS_URL does not answer: commands go on without it, but check its address and that it runs',
    ];
  } finally {
    redis.disconnect();
  }
};
