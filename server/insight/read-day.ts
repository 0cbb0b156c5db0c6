import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';
import { readEvents } from '../ledger/read-events.ts';

/** So many are parsed in a few milliseconds: whoever else waits for this process waits no longer. */
const eventsAtOnce = 1_000;

/**
 * The version that first opened a business day, or `null` when no ticket was issued on it. A ticket of the day leads there:
 * the ledger has no index by date, and needs none, since from the ticket it is not far back.
 *
 * @param date `YYYY-MM-DD`
 */
export const findDay = async (sql: Sql, branchId: BranchId, date: string): Promise<number | null> => {
  const [ticket] = await withinTimeout(sql<{ version: number }[]>`
    select e.version::float8 as version
    from ticket t join ticket_event e on e.branch_id = t.branch_id and e.command_id = t.id and e.command_part = 0
    where t.branch_id = ${branchId} and t.business_day = ${date}
    limit 1`);
  if (!ticket) return null;
  // A day that was closed and opened again has several: the first of them is wanted.
  let first: number | null = null;
  for (let before = ticket.version; ;) {
    const [opened] = await withinTimeout(sql<{ version: number; date: string }[]>`
      select version::float8 as version, data->>'date' as date
      from ticket_event
      where branch_id = ${branchId} and version < ${before} and type = 'day.opened'
      order by version desc
      limit 1`);
    if (opened?.date !== date) return first;
    first = opened.version;
    before = first;
  }
};

/** The events of one business day, from the one that opened it to the last before the next day, some at a time. */
export async function* readDay(sql: Sql, branchId: BranchId, opened: number): AsyncGenerator<HallEvent[]> {
  let after = opened - 1;
  let date: string | null = null;
  for (;;) {
    const events = await readEvents(sql, branchId, after, eventsAtOnce);
    date ??= dateOf(events[0]);
    const next = events.findIndex((event) => event.type === 'day.opened' && event.data.date !== date);
    yield next === -1 ? events : events.slice(0, next);
    if (next !== -1 || events.length < eventsAtOnce) return;
    after += events.length;
  }
}

const dateOf = (event: HallEvent | undefined): string | null => (event?.type === 'day.opened' ? event.data.date : null);
