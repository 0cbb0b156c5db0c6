import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { BranchId, CounterId, StaffId } from '@antrean/shared/domain/ids.ts';
import type { Ticket } from '@antrean/shared/domain/ticket.ts';
import { type Sql, withinTimeout } from './connect-postgres.ts';
import { hashEvent } from './hash-event.ts';

/** Everything one commit writes: events, and the rows of the second lock as they stand after them. */
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
  /** Tickets the events touched. */
  readonly tickets: readonly Ticket[];
  /** Counters the events touched; `null` for one that is closed now. */
  readonly seats: readonly (readonly [CounterId, StaffId | null])[];
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
  const tickets = ticketColumns(append.tickets);
  const seats = [...append.seats].sort(([, a], [, b]) => Number(a !== null) - Number(b !== null));
  const last = events.hash.at(-1) ?? append.hash;
  const [row] = await withinTimeout(sql<{ moved: number }[]>`
    with head as (
      update branch_head
      set version = ${after + append.events.length}, hash = ${last}, day_version = ${dayVersion}
      where branch_id = ${branchId} and version = ${after} and hash = ${append.hash}
        and clock_timestamp() <= to_timestamp(${until} / 1000.0)
      returning branch_id
    ), events as (
      insert into ticket_event (branch_id, version, type, at, command_id, command_part, actor, data, hash)
      select head.branch_id, ${after}::bigint + e.position, e.type, to_timestamp(e.at / 1000.0), e.command_id, e.part,
        e.actor::json, e.data::json, e.hash
      from head, unnest(${events.type}::text[], ${events.at}::float8[], ${events.commandId}::uuid[],
        ${events.part}::int[], ${events.actor}::text[], ${events.data}::text[], ${events.hash}::text[])
        with ordinality as e (type, at, command_id, part, actor, data, hash, position)
    ), tickets as (
      insert into ticket (branch_id, id, business_day, number, serial, service_id, status, counter_id)
      select head.branch_id, t.id, ${businessDay}::date, t.number, t.serial, t.service_id, t.status, t.counter_id
      from head, unnest(${tickets.id}::uuid[], ${tickets.number}::text[], ${tickets.serial}::int[],
        ${tickets.serviceId}::text[], ${tickets.status}::text[], ${tickets.counterId}::text[])
        as t (id, number, serial, service_id, status, counter_id)
      on conflict (branch_id, id) do update set status = excluded.status, counter_id = excluded.counter_id
    ), seats as (
      insert into counter_seat (branch_id, counter_id, agent_id)
      select head.branch_id, s.counter_id, s.agent_id
      from head, unnest(${seats.map(([id]) => id)}::text[], ${seats.map(([, agent]) => agent)}::text[])
        as s (counter_id, agent_id)
      on conflict (branch_id, counter_id) do update set agent_id = excluded.agent_id
    )
    select count(*)::int as moved from head`);
  return row?.moved === 1 ? { hash: last } : 'moved';
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
    const text = { ...event, actor: JSON.stringify(event.actor), data: JSON.stringify(event.data) };
    link = hashEvent(link, text);
    columns.type.push(event.type);
    columns.at.push(event.at);
    columns.commandId.push(event.commandId);
    columns.part.push(part);
    columns.actor.push(text.actor);
    columns.data.push(text.data);
    columns.hash.push(link);
  }
  return columns;
};

const ticketColumns = (tickets: readonly Ticket[]) => {
  // Rows that free a counter go first: the constraint "one open ticket per counter" is checked row by row.
  const rows = [...tickets].sort((a, b) => Number(a.counterId !== null) - Number(b.counterId !== null));
  return {
    id: rows.map((ticket) => ticket.id),
    number: rows.map((ticket) => ticket.number),
    serial: rows.map((ticket) => ticket.serial),
    serviceId: rows.map((ticket) => ticket.serviceId),
    status: rows.map((ticket) => ticket.status),
    counterId: rows.map((ticket) => ticket.counterId),
  };
};
