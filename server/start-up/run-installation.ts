import { connectRedis } from '../live/connect-redis.ts';
import { connectPostgres } from '../ledger/connect-postgres.ts';
import { migrateDatabase } from '../ledger/migrate-database.ts';
import { type RunningNode, startNode } from '../node.ts';
import { createDemoStaff, type DemoAccount } from '../access/create-demo-staff.ts';
import { printerNetworks } from '../print/printer-networks.ts';
import { trustedProxies } from '../push/trusted-proxies.ts';
import { makeSetUpCode } from '../access/set-up-code.ts';
import { type ListedBranch, listBranches } from '../setup/read-setup.ts';
import { choosePort, usualPort } from './choose-port.ts';
import { createLog } from './create-log.ts';
import { dataFolder, demoMark, emptyDataFolder, takeDataFolder } from './data-folder.ts';
import { readOidc } from './read-oidc.ts';
import { webhookHosts } from '../alerts/webhook-hosts.ts';
import { checkSeal, readSeal } from './read-seal.ts';
import { removeRunState, writeRunState } from './run-state.ts';
import { checkPostgres, checkRedis } from './self-check.ts';
import { serverUrl } from './server-role.ts';
import { setUpDemoHall } from './set-up-demo-hall.ts';
import type { Settings } from './settings.ts';
import { startStores } from './start-stores.ts';
import { StartUpError } from './start-up-error.ts';

export interface InstallationOptions {
  readonly settings: Settings;
  /** Begin anew: whatever the data folder held is deleted first. */
  readonly isFresh: boolean;
  /** Told of each step, in words. */
  readonly say: (line: string) => void;
}

/** Everything one machine runs: the stores, a server node, and the demo where nothing else is set up. */
export interface Installation {
  readonly node: RunningNode;
  readonly branches: readonly ListedBranch[];
  readonly accounts: readonly DemoAccount[];
  /** For making the first administrator; `null` where there are accounts. */
  readonly setUpCode: string | null;
  readonly stop: () => Promise<void>;
}

/** Starts an installation. Throws `StartUpError` with what to do; whatever had started by then is stopped again. */
export const runInstallation = async ({ settings, isFresh, say }: InstallationOptions): Promise<Installation> => {
  const oidc = readOidc(settings);
  const folder = dataFolder(settings.ANTREAN_DATA);
  if (folder.note) say(`Note: ${folder.note}.`);
  const stops: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  stops.push(await takeDataFolder(folder.path));
  removeRunState(folder.path);
  try {
    if (isFresh) {
      if (settings.DATABASE_URL) throw new StartUpError('--fresh deletes only data of our own: unset DATABASE_URL');
      say('Beginning anew: the data of earlier runs is deleted …');
      await emptyDataFolder(folder.path);
    }
    say('Starting Postgres and Redis …');
    const stores = await startStores(settings, folder.path);
    stops.push(stores.stop);
    for (const note of stores.notes) say(`${note}.`);
    say('Bringing the database up to date …');
    await migrate(settings.ANTREAN_OWNER_URL ?? stores.databaseUrl);
    const databaseUrl = await serverUrl(settings, stores.databaseUrl);
    const sql = connectPostgres(databaseUrl, { connections: 2 });
    stops.push(() => sql.end({ timeout: 5 }));
    await reportWarnings(await checkPostgres(sql), say);
    const seal = readSeal(settings, folder.path);
    await checkSeal(sql, seal);
    const mayBeDemo = settings.NODE_ENV !== 'production' && !settings.DATABASE_URL;
    const isDemo = mayBeDemo && (await setUpDemoHall(sql, demoMark(folder.path)));
    const branches = await listBranches(sql);
    const accounts = isDemo && branches[0] ? await createDemoStaff(sql, demoScope(branches)) : [];
    const setUpCode = await makeSetUpCode(sql);
    const port = await choosePort(settings.HOST, settings.PORT);
    if (settings.PORT === undefined && port !== usualPort) {
      say(`Note: port ${usualPort} is taken; using ${port === 0 ? 'any free one' : port}.`);
    }
    say('Opening the hall …');
    const node = await startNode({
      databaseUrl,
      redisUrl: stores.redisUrl,
      host: settings.HOST,
      port,
      log: createLog(settings.LOG_LEVEL),
      seal,
      oidc,
      secondFactor: settings.ANTREAN_SECOND_FACTOR ?? (settings.NODE_ENV === 'production' ? 'required' : 'offered'),
      servesScreens: true,
      trusts: trustedProxies(settings.ANTREAN_TRUSTED_PROXIES),
      ...(settings.ANTREAN_PUBLIC_URL !== undefined && { publicUrl: new URL(settings.ANTREAN_PUBLIC_URL) }),
      ...(settings.ANTREAN_SMTP_URL !== undefined && {
        mail: { smtpUrl: settings.ANTREAN_SMTP_URL, from: settings.ANTREAN_MAIL_FROM ?? '' },
      }),
      webhookHosts: webhookHosts(settings.ANTREAN_WEBHOOK_HOSTS),
      allowsPrinter: printerNetworks(settings.ANTREAN_PRINTER_NETWORKS),
      socketsPerAddress: settings.ANTREAN_SOCKETS_PER_ADDRESS,
    });
    stops.push(node.close);
    await reportRedis(stores.redisUrl, say);
    const manager = accounts.find(({ role }) => role === 'manager');
    writeRunState(folder.path, {
      address: node.address,
      databaseUrl,
      redisUrl: stores.redisUrl,
      ...(manager && { demoManager: { login: manager.login, password: manager.password } }),
    });
    stops.push(() => removeRunState(folder.path));
    return { node, branches, accounts, setUpCode, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** Brings the schema up to date; whatever keeps us from it is told in words. */
const migrate = async (databaseUrl: string): Promise<void> => {
  try {
    await migrateDatabase(databaseUrl);
  } catch (error) {
    throw new StartUpError(`the database could not be brought to this version: ${(error as Error).message}`, {
      cause: error,
    });
  }
};

/** Demo accounts of the only hall; of all halls where there are several. */
const demoScope = (branches: readonly ListedBranch[]): string | null =>
  branches.length === 1 ? (branches[0]?.id ?? null) : null;

const reportWarnings = async (warnings: Awaited<ReturnType<typeof checkPostgres>>, say: (line: string) => void) => {
  for (const { kind, message } of warnings) if (kind === 'warn') say(`Warning: ${message}.`);
  const refusals = warnings.filter(({ kind }) => kind === 'refuse');
  if (refusals.length > 0) throw new StartUpError(refusals.map(({ message }) => message).join('\n'));
};

const reportRedis = async (redisUrl: string, say: (line: string) => void): Promise<void> => {
  const redis = connectRedis(redisUrl, () => {});
  try {
    await new Promise((resolve) => redis.once('ready', resolve).once('error', resolve));
    await reportWarnings(await checkRedis(redis), say);
  } finally {
    redis.disconnect();
  }
};
