import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { grantRights } from '../ledger/grant-rights.ts';
import type { Settings } from './settings.ts';
import { StartUpError } from './start-up-error.ts';

const ownRole = 'antrean_server';

/** The address under which the server works, with no more rights than it needs, once the schema is there. */
export const serverUrl = async (settings: Settings, databaseUrl: string): Promise<string> => {
  if (!settings.DATABASE_URL) return makeServerRole(databaseUrl);
  if (!settings.ANTREAN_OWNER_URL) return databaseUrl;
  try {
    await grantRights(settings.ANTREAN_OWNER_URL, decodeURIComponent(new URL(databaseUrl).username), 'server');
    return databaseUrl;
  } catch (error) {
    throw new StartUpError(
      `ANTREAN_OWNER_URL cannot give the role of DATABASE_URL its rights: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
};

/** Our own Postgres has a role for the server, with a password that is another after each start. */
const makeServerRole = async (ownerUrl: string): Promise<string> => {
  const password = randomBytes(24).toString('hex');
  const owner = postgres(ownerUrl, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    const [known] = await owner`select from pg_roles where rolname = ${ownRole}`;
    if (!known) await owner`create role ${owner(ownRole)} login`;
    // A role's password is no parameter of a statement: Postgres takes it from a setting of this one connection.
    await owner`select set_config('antrean.role', ${ownRole}, false), set_config('antrean.password', ${password}, false)`;
    await owner`do $$ begin
      execute format('alter role %I password %L', current_setting('antrean.role'), current_setting('antrean.password'));
    end $$`;
  } finally {
    await owner.end({ timeout: 5 });
  }
  await grantRights(ownerUrl, ownRole, 'server');
  const url = new URL(ownerUrl);
  [url.username, url.password] = [ownRole, password];
  return url.href;
};
