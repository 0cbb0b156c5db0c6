import webPush from 'web-push';
import type { Sql } from '../ledger/connect-postgres.ts';

/** By which push services know who sends (RFC 8292): base64url. */
export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/**
 * Reads the installation's keys for push services, and makes them where there are none: a phone takes messages only from
 * who has the keys it was set up with. Throws what Postgres throws.
 */
export const readPushKeys = async (sql: Sql): Promise<PushKeys> => {
  const find = async (): Promise<PushKeys | null> => {
    const [row] = await sql<{ key: string }[]>`select key from installation_key where purpose = 'web-push'`;
    return row ? (JSON.parse(row.key) as PushKeys) : null;
  };
  const known = await find();
  if (known) return known;
  const fresh = JSON.stringify(webPush.generateVAPIDKeys());
  await sql`insert into installation_key (purpose, key) values ('web-push', ${fresh}) on conflict do nothing`;
  // Not what was inserted: another node may have been first.
  return (await find())!;
};
