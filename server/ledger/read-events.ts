import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { BranchId, CommandId, TicketId } from '@antrean/shared/domain/ids.ts';
import { lines, type Sql, withinTimeout } from './connect-postgres.ts';

interface EventRow {
  version: number;
  type: string;
  at: number;
  commandId: string;
  actor: string;
  data: string;
}

/** Few people do all of a day's thousands of acts: each is parsed once and shared. */
const toEvents = (rows: readonly EventRow[]): HallEvent[] => {
  const actors = new Map<string, unknown>();
  return rows.map((row) => {
    if (!actors.has(row.actor)) actors.set(row.actor, JSON.parse(row.actor));
    return { ...row, actor: actors.get(row.actor), data: JSON.parse(row.data) } as HallEvent;
  });
};

/** How many events one read brings at the most; whoever needs more reads again. */
export const eventsPerRead = 20_000;

/** Events of a branch after a version, in order, at most `limit`. */
export const readEvents = async (
  sql: Sql,
  branchId: BranchId,
  after: number,
  limit = eventsPerRead,
): Promise<HallEvent[]> => {
  const rows = await withinTimeout(sql<EventRow[]>`
    select version::float8 as version, type, (extract(epoch from at) * 1000)::float8 as at,
      command_id as "commandId", actor::text as actor, data::text as data
    from ticket_event
    where branch_id = ${branchId} and version > ${after}
    order by version
    limit ${limit}`);
  return toEvents(rows);
};

/** How far behind its issue the events of a ticket are looked for: more than the busiest business day has. */
const eventsOfDayMost = 100_000;

/**
 * What happened to a ticket, in order. The ledger has no index by ticket, and needs none: all of it is of one business day.
 *
 * @param issued the version that issued it
 */
export const readTicketEvents = async (
  sql: Sql,
  branchId: BranchId,
  ticketId: TicketId,
  issued: number,
): Promise<HallEvent[]> => {
  const rows = await withinTimeout(sql<EventRow[]>`
    select version::float8 as version, type, (extract(epoch from at) * 1000)::float8 as at,
      command_id as "commandId", actor::text as actor, data::text as data
    from ticket_event
    where branch_id = ${branchId} and version >= ${issued} and version < coalesce((
        select next.version from ticket_event next
        where next.branch_id = ${branchId} and next.version > ${issued} and next.type = 'day.opened'
          and next.data->>'date' <> (
            select opened.data->>'date' from ticket_event opened
            where opened.branch_id = ${branchId} and opened.version < ${issued} and opened.type = 'day.opened'
            order by opened.version desc limit 1)
        order by next.version limit 1
      ), ${issued + eventsOfDayMost})
      and data->>'ticketId' = ${ticketId}
    order by version`);
  return toEvents(rows);
};

/** What these commands did, by command id; a command that did nothing is absent. */
export const findCommands = async (
  sql: Sql,
  branchId: BranchId,
  commandIds: readonly CommandId[],
): Promise<Map<CommandId, HallEvent[]>> => {
  const rows = await withinTimeout(sql<EventRow[]>`
    select version::float8 as version, type, (extract(epoch from at) * 1000)::float8 as at,
      command_id as "commandId", actor::text as actor, data::text as data
    from ticket_event
    where branch_id = ${branchId} and command_id = any(string_to_array(${lines(commandIds)}, chr(10))::uuid[])
    order by version`);
  const found = new Map<CommandId, HallEvent[]>();
  for (const event of toEvents(rows)) {
    const events = found.get(event.commandId);
    if (events) events.push(event);
    else found.set(event.commandId, [event]);
  }
  return found;
};
