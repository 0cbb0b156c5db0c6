import type { BranchId, TicketId } from '@antrean/shared/domain/ids.ts';
import type { PushSubscription } from '@antrean/shared/protocol/web-push.ts';
import type { Seal } from '../access/seal.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';

export interface SubscriptionPorts {
  readonly sql: Sql;
  readonly seal: Seal;
}

interface OfTicket {
  readonly branchId: BranchId;
  readonly ticketId: TicketId;
}

/** Keeps which phone is told of a ticket, in place of the one before. Throws what Postgres throws. */
export const keepSubscription = async (
  { sql, seal }: SubscriptionPorts,
  { branchId, ticketId }: OfTicket,
  kept: {
    readonly subscription: PushSubscription;
    readonly language: string;
    /** Epoch ms. */
    readonly eraseAfter: number;
  },
): Promise<void> => {
  const sealed = seal.close(JSON.stringify(kept.subscription), 'push');
  await withinTimeout(sql`
    insert into visitor_push (branch_id, ticket_id, subscription, language, erase_after)
    values (${branchId}, ${ticketId}, ${sealed}, ${kept.language}, to_timestamp(${kept.eraseAfter / 1_000}::float8))
    on conflict (branch_id, ticket_id) do update set subscription = excluded.subscription,
      language = excluded.language, erase_after = excluded.erase_after`);
};

/** The phone that is told of a ticket; `null`: none is. Throws what Postgres throws. */
export const subscriptionOf = async (
  { sql, seal }: SubscriptionPorts,
  { branchId, ticketId }: OfTicket,
): Promise<{ subscription: PushSubscription; language: string } | null> => {
  const [row] = await withinTimeout(sql<{ subscription: string; language: string }[]>`
    select subscription, language from visitor_push where branch_id = ${branchId} and ticket_id = ${ticketId}`);
  const opened = row && seal.open(row.subscription, 'push');
  return opened ? { subscription: JSON.parse(opened) as PushSubscription, language: row.language } : null;
};

/** Nobody is told of the ticket any more. Throws what Postgres throws. */
export const dropSubscription = async (
  { sql }: Pick<SubscriptionPorts, 'sql'>,
  { branchId, ticketId }: OfTicket,
): Promise<void> => {
  await withinTimeout(sql`delete from visitor_push where branch_id = ${branchId} and ticket_id = ${ticketId}`);
};
