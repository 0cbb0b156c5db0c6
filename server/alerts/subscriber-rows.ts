import type { SubscriberView } from '@antrean/shared/protocol/alert-subscribers.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import type { InScope } from '../ledger/in-scope.ts';

export const subscriberColumns = (sql: Sql) => sql`
  id, channel, address, language, (extract(epoch from added_at) * 1000)::bigint::float8 as "addedAt",
  (extract(epoch from stopped_at) * 1000)::bigint::float8 as "stoppedAt"`;

/** What signs the webhooks of an address, sealed; never part of an answer. Throws what Postgres throws. */
export const readSecret = async (
  inScope: InScope,
  scope: string | null,
  branchId: string,
  id: string,
): Promise<string | null> => {
  const [found] = await inScope(
    scope,
    (sql) => sql<{ secret: string | null }[]>`
    select secret from alert_subscriber where branch_id = ${branchId} and id = ${id}::uuid`,
  );
  return found?.secret ?? null;
};

/** `undefined`: there is none. Throws what Postgres throws. */
export const findSubscriber = async (
  inScope: InScope,
  scope: string | null,
  branchId: string,
  id: string,
): Promise<SubscriberView | undefined> => {
  const [found] = await inScope(
    scope,
    (sql) => sql<SubscriberView[]>`
    select ${subscriberColumns(sql)} from alert_subscriber where branch_id = ${branchId} and id = ${id}::uuid`,
  );
  return found;
};
