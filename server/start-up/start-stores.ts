import { Redis } from 'ioredis';
import postgres from 'postgres';
import { startPostgres } from '../embedded/start-postgres.ts';
import { type EmbeddedRedis, startRedis } from '../embedded/start-redis.ts';
import { ClientTimeout, withinTimeout } from '../ledger/connect-postgres.ts';
import { canPostgresReach, postgresFolder, redisFolder } from './data-folder.ts';
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
    const redis = await startRedis({ folder: redisFolder(data) }).catch(inWords);
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
  'Note: no redis-server is installed, so a stand-in inside the process is used: good for trying out, not for a real hall';

const stopRedis = (redis: EmbeddedRedis) => redis.stop().catch(() => {});

/** What our own stores say when they do not start is for whoever starts them, and no fault in the code. */
const inWords = (error: Error): never => {
  throw new StartUpError(error.message, { cause: error });
};

const ownDatabase = async (data: string) => {
  const folder = postgresFolder(data);
  if (!canPostgresReach(data, folder)) {
    throw new StartUpError(
      `Postgres does not run as root, and no other user can reach ${data}: set ANTREAN_DATA to a folder under /var/lib or the like, or start as an ordinary user`,
    );
  }
  const server = await startPostgres({ folder }).catch(inWords);
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
  const sql = postgres(url, { max: 1, connect_timeout: 3, onnotice: () => {} });
  try {
    // Where several hosts are named and none answers, postgres.js goes round them forever.
    await withinTimeout(sql`select 1`);
    return url;
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    throw new StartUpError(
      `DATABASE_URL cannot be used: ${whyNot(error instanceof ClientTimeout ? 'CONNECT_TIMEOUT' : code) ?? message}`,
      { cause: error },
    );
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
  // Where something listens that never answers, only the time-out of the first command ends it.
  const timeouts = { connectTimeout: 3_000, commandTimeout: 3_000 };
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, ...timeouts });
  let reason = '';
  redis.on('error', (error) => (reason = error.message));
  try {
    await redis.connect();
    await redis.ping();
    return [];
  } catch (error) {
    // A refused password closes the connection, of which `connect` tells; why, only the event has told.
    if (/NOAUTH|WRONGPASS|NOPERM/.test(`${(error as Error).message} ${reason}`)) {
      throw new StartUpError('REDIS_URL cannot be used: Redis refuses its user or password: correct them', {
        cause: error,
      });
    }
    return [
      'Warning: the Redis of REDIS_URL does not answer: commands go on without it, but check its address and that it runs',
    ];
  } finally {
    redis.disconnect();
  }
};
