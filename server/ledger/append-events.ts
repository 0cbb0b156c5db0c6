import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { BranchId, CounterId, ServiceId, StaffId, TicketId } from '@antrean/shared/domain/ids.ts';
import { lines, type Sql, withinTimeout } from './connect-postgres.ts';
import { hashTexts } from './hash-event.ts';

/** What a run of events changes in the tables of the second lock, taken together. */
export interface RowsTouched {
  readonly issued: readonly { readonly id: TicketId; readonly number: string; readonly serviceId: ServiceId }[];
  /** Tickets that are no longer at a counter, and tickets that now are. */
  readonly left: readonly TicketId[];
  readonly came: readonly (readonly [CounterId, TicketId])[];
  /** Counters that were opened or closed; `null` for one that is closed now. */
  readonly seats: readonly (readonly [CounterId, StaffId | null])[];
}

/** Everything one commit writes: events, and what they change in the tables of the second lock. */
export interface Append {
  readonly branchId: BranchId;
  /** The version and hash the events build on. */
  readonly after: number;
  readonly hash: string;
  /** Epoch ms by the database's clock: a statement that arrives later changes nothing, so that doubt has an end. */
  readonly until: number;
  readonly dayVersion: number;
  readonly businessDay: string | null;
  readonly events: readonly HallEvent[];
  readonly rows: RowsTouched;
}

/**
 * Appends the events if the branch is still at version `after`, all or nothing, in ONE statement.
 *
 * @returns the chain's new hash, or `moved` when another node was first or the statement came too late
 * @throws what `storeFailure` classifies
 */
export const appendEvents = async (sql: Sql, append: Append): Promise<{ hash: string } | 'moved'> => {
  const { branchId, after, until, dayVersion, businessDay } = append;
  const events = eventColumns(append);
  const last = events.hash.at(-1) ?? append.hash;
  // In the select list `unnest` costs least: in `from` each array would first be copied into a store of its own.
  const { count } = await withinTimeout(sql`
    with head as (
      update branch_head
      set version = ${after + append.events.length}, hash = ${last}, day_version = ${dayVersion}
      where branch_id = ${branchId} and version = ${after} and hash = ${append.hash}
        and clock_timestamp() <= to_timestamp(${until} / 1000.0)
      returning branch_id
    )${issuedRows(sql, append.rows, businessDay)}${counterRows(sql, append.rows)}${seatRows(sql, append.rows)}
    insert into ticket_event (branch_id, version, type, at, command_id, command_part, actor, data, hash)
    select head.branch_id, e.version, e.type, to_timestamp(e.at / 1000.0), e.command_id, e.part,
      e.actor::json, e.data::json, e.hash
    from head, (select generate_series(${after + 1}::bigint, ${after + append.events.length}::bigint) as version,
      unnest(string_to_array(${lines(events.type)}, chr(10))) as type,
      unnest(string_to_array(${lines(events.at)}, chr(10))::float8[]) as at,
      unnest(string_to_array(${lines(events.commandId)}, chr(10))::uuid[]) as command_id,
      unnest(string_to_array(${lines(events.part)}, chr(10))::int[]) as part,
      unnest(string_to_array(${lines(events.actor)}, chr(10))) as actor,
      unnest(string_to_array(${lines(events.data)}, chr(10))) as data,
      unnest(string_to_array(${lines(events.hash)}, chr(10))) as hash) as e`);
  return count > 0 ? { hash: last } : 'moved';
};

const issuedRows = (sql: Sql, { issued }: RowsTouched, businessDay: string | null) =>
  issued.length === 0
    ? sql``
    : sql`, issued as (
      insert into ticket (branch_id, business_day, number, id, service_id)
      select head.branch_id, ${businessDay}::date, t.number, t.id, t.service_id
      from head, (select unnest(string_to_array(${lines(issued.map(({ number }) => number))}, chr(10))) as number,
        unnest(string_to_array(${lines(issued.map(({ id }) => id))}, chr(10))::uuid[]) as id,
        unnest(string_to_array(${lines(issued.map(({ serviceId }) => serviceId))}, chr(10))) as service_id) as t
    )`;

/** Who leaves goes first: `came` asks for the count of `gone`, for the constraints are checked row by row. */
const counterRows = (sql: Sql, { left, came }: RowsTouched) =>
  left.length + came.length === 0
    ? sql``
    : sql`, gone as (
      delete from counter_ticket c using head
      where c.branch_id = head.branch_id and c.ticket_id = any(string_to_array(${lines(left)}, chr(10))::uuid[])
      returning 1
    ), came as (
      insert into counter_ticket (branch_id, counter_id, ticket_id)
      select head.branch_id, c.counter_id, c.ticket_id
      from head, (select count(*) from gone) as first,
        (select unnest(string_to_array(${lines(came.map(([id]) => id))}, chr(10))) as counter_id,
          unnest(string_to_array(${lines(came.map(([, id]) => id))}, chr(10))::uuid[]) as ticket_id) as c
    )`;

const seatRows = (sql: Sql, rows: RowsTouched) => {
  if (rows.seats.length === 0) return sql``;
  const seats = [...rows.seats].sort(([, a], [, b]) => Number(a !== null) - Number(b !== null));
  return sql`, seats as (
      insert into counter_seat (branch_id, counter_id, agent_id)
      select head.branch_id, s.counter_id, s.agent_id
      from head, unnest(string_to_array(${lines(seats.map(([id]) => id))}, chr(10)),
        -- Nobody is an empty line.
        string_to_array(${lines(seats.map(([, agent]) => agent ?? ''))}, chr(10), '')) as s (counter_id, agent_id)
      on conflict (branch_id, counter_id) do update set agent_id = excluded.agent_id
    )`;
};

const eventColumns = ({ events, hash }: Append) => {
  const columns = {
    type: [] as string[],
    at: [] as number[],
    commandId: [] as string[],
    part: [] as number[],
    actor: [] as string[],
    data: [] as string[],
    hash: [] as string[],
  };
  let link = hash;
  let part = 0;
  for (const [index, event] of events.entries()) {
    part = index > 0 && events[index - 1]?.commandId === event.commandId ? part + 1 : 0;
    const actor = JSON.stringify(event.actor);
    const data = JSON.stringify(event.data);
    link = hashTexts(link, event, actor, data);
    columns.type.push(event.type);
    columns.at.push(event.at);
    columns.commandId.push(event.commandId);
    columns.part.push(part);
    columns.actor.push(actor);
    columns.data.push(data);
    columns.hash.push(link);
  }
  return columns;
};
