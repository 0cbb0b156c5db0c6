import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { BranchId, TicketId } from '@antrean/shared/domain/ids.ts';
import { parseNumber } from '@antrean/shared/domain/numbers.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';
import { readTicketEvents } from '../ledger/read-events.ts';

export interface ReadStory {
  readonly ticketId: TicketId;
  readonly number: string;
  readonly events: readonly HallEvent[];
}

/**
 * All that happened to the ticket that had a number on a business day (PAST-4); `null` when there was none. Throws what
 * Postgres throws.
 *
 * @param date `YYYY-MM-DD`
 * @param number as people type it: small letters do not matter, nor zeros in front
 */
export const readStory = async (
  sql: Sql,
  branchId: BranchId,
  date: string,
  number: string,
): Promise<ReadStory | null> => {
  const { prefix, value } = parseNumber(number.toUpperCase());
  const [ticket] = await withinTimeout(sql<{ id: TicketId; number: string; version: number }[]>`
    select t.id, t.number, e.version::float8 as version
    from ticket t join ticket_event e on e.branch_id = t.branch_id and e.command_id = t.id and e.command_part = 0
    where t.branch_id = ${branchId} and t.business_day = ${date} and t.number ~ ${`^${prefix}0*${value}$`}`);
  if (!ticket) return null;
  const { id, version } = ticket;
  return { ticketId: id, number: ticket.number, events: await readTicketEvents(sql, branchId, id, version) };
};
