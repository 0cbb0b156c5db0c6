import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';
import { readHead } from '../ledger/read-head.ts';
import { findDay } from './read-day.ts';

/** So many rows of the ledger are looked through in a fraction of a second: hall and statement time-out bear it. */
const versionsPerRead = 50_000;

/** Business days `YYYY-MM-DD`, both inclusive. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

interface Row {
  readonly type: 'ticket.finished' | 'ticket.undone' | 'day.opened';
  readonly ticketId: string | null;
  readonly serviceId: string | null;
  readonly date: string | null;
}

/**
 * How many visits ended as served in a period, by the service of their last leg. An end that was taken back is none, so it
 * is a fold and not a count. Throws what Postgres throws.
 */
export const countServed = async (sql: Sql, branchId: BranchId, period: Period): Promise<Map<string, number>> => {
  const counts = new Map<string, number>();
  const begins = await firstVersion(sql, branchId, period);
  if (begins === null) return counts;
  const { version: head } = await readHead(sql, branchId);
  /** Of the day that is read: on another one nothing of it can be taken back. */
  const ended = new Map<string, string>();
  const countDay = (): void => {
    for (const serviceId of ended.values()) counts.set(serviceId, (counts.get(serviceId) ?? 0) + 1);
    ended.clear();
  };
  for (let after = begins - 1; after < head; after += versionsPerRead) {
    for (const { type, ticketId, serviceId, date } of await readEnds(sql, branchId, after)) {
      if (type === 'day.opened') {
        countDay();
        if (date! > period.to) return counts;
      } else if (type === 'ticket.finished') ended.set(ticketId!, serviceId!);
      else ended.delete(ticketId!);
    }
  }
  countDay();
  return counts;
};

/** The version that opened the first day of the period on which there was a ticket; `null`: there was none. */
const firstVersion = async (sql: Sql, branchId: BranchId, { from, to }: Period): Promise<number | null> => {
  const [row] = await withinTimeout(sql<{ day: string | null }[]>`
    select min(business_day)::text as day from ticket
    where branch_id = ${branchId} and business_day between ${from}::date and ${to}::date`);
  return row?.day ? findDay(sql, branchId, row.day) : null;
};

const readEnds = (sql: Sql, branchId: BranchId, after: number): Promise<readonly Row[]> =>
  withinTimeout(sql<Row[]>`
    select type, data->>'ticketId' as "ticketId", data->>'serviceId' as "serviceId", data->>'date' as date
    from ticket_event
    where branch_id = ${branchId} and version > ${after} and version <= ${after + versionsPerRead}
      and type in ('ticket.finished', 'ticket.undone', 'day.opened')
    order by version`);
