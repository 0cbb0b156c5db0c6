import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyLength, Seal } from '../access/seal.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import type { Settings } from './settings.ts';
import { StartUpError } from './start-up-error.ts';

export const sealFile = (data: string): string => join(data, 'seal-keys');

/** The keys of the settings, else those of the data folder, where one is made for an installation that has none. */
export const readSeal = (settings: Settings, data: string): Seal => {
  if (settings.ANTREAN_SEAL_KEYS !== undefined) return sealOf(settings.ANTREAN_SEAL_KEYS, 'ANTREAN_SEAL_KEYS');
  const file = sealFile(data);
  if (!existsSync(file))
    writeFileSync(file, `${randomBytes(keyLength).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  return sealOf(readFileSync(file, 'utf8').trim(), file);
};

/** Says where, and never what: a key is a secret. */
const sealOf = (text: string, where: string): Seal => {
  const keys = text.split(',').map((key) => Buffer.from(key.trim(), 'base64'));
  const isSample = keys.some((key) => new Set(key).size < keyLength / 4);
  if (isSample || keys.some(({ length }) => length !== keyLength)) {
    throw new StartUpError(
      `${where}: not keys of ${keyLength} random bytes in base64, with commas between them: \`openssl rand -base64 32\` makes one`,
    );
  }
  return new Seal(keys);
};

/**
 * All nodes of an installation have the same keys: what one sealed the others open. Throws `StartUpError` when ours are
 * not those that the database knows of.
 */
export const checkSeal = async (sql: Sql, seal: Seal): Promise<void> => {
  const [first, ...others] = seal.fingerprints();
  const [row] = await sql<{ isKnown: boolean }[]>`
    with kept as (
      insert into installation_key (purpose, key) values ('seal', ${first!})
      on conflict (purpose) do update set key = excluded.key
        where installation_key.key = any(string_to_array(${others.join(',')}, ','))
      returning key
    )
    select exists (select from kept) or exists (select from installation_key where purpose = 'seal' and key = ${first!}) as "isKnown"`;
  if (!row?.isKnown) {
    throw new StartUpError(
      'this node has other keys than its installation: set ANTREAN_SEAL_KEYS as at the other nodes, or put the file `seal-keys` of the data folder back',
    );
  }
};
