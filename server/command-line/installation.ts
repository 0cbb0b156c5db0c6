import { connectPostgres, type Sql } from '../ledger/connect-postgres.ts';
import { dataFolder } from '../start-up/data-folder.ts';
import { readRunState, type RunState } from '../start-up/run-state.ts';
import { readSettings } from '../start-up/settings.ts';
import { StartUpError } from '../start-up/start-up-error.ts';

/** The installation a command works on: the one named by the settings, else the one that runs with our data folder. */
export const findInstallation = (): Partial<RunState> & { databaseUrl: string } => {
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, ANTREAN_DATA } = readSettings();
  if (databaseUrl) return { databaseUrl, ...(redisUrl && { redisUrl }) };
  const running = readRunState(dataFolder(ANTREAN_DATA).path);
  if (running) return running;
  throw new StartUpError('nothing is running here: `npm start` first, or set DATABASE_URL');
};

/** Runs `work` with a connection to the installation's database. */
export const withDatabase = async <T>(work: (sql: Sql) => Promise<T>): Promise<T> => {
  const sql = connectPostgres(findInstallation().databaseUrl, { connections: 2 });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
};
