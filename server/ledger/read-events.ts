import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { BranchId, CommandId } from '@antrean/shared/domain/ids.ts';
import { lines, type Sql, withinTimeout } from './connect-postgres.ts';

interface EventRow {
  version: number;
  type: string;
  at: number;
  commandId: string;
  actor: string;
  data: string;
}

const toEvent = (row: EventRow): HallEvent =>
  ({ ...row, actor: JSON.parse(row.actor), data: JSON.parse(row.data) }) as HallEvent;

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
  return rows.map(toEvent);
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
  for (const event of rows.map(toEvent)) {
    const events = found.get(event.commandId);
    if (events) events.push(event);
    else found.set(event.commandId, [event]);
  }
  return found;
};
