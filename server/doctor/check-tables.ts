import type { Violation } from '@antrean/shared/domain/check-ledger.ts';
import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { isAtCounter } from '@antrean/shared/domain/ticket.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';

interface Row {
  readonly key: string;
  readonly value: string;
}

/** Counters in the tables of the second lock are as the ledger has them (I7): who sits there, and who is served there. */
export const checkCounterTables = async (snapshot: Sql, hall: Hall): Promise<Violation[]> => {
  const { branchId } = hall;
  const atCounters = await withinTimeout(snapshot<Row[]>`
    select counter_id as key, 'ticket ' || ticket_id as value from counter_ticket where branch_id = ${branchId}`);
  const seats = await withinTimeout(snapshot<Row[]>`
    select counter_id as key, 'agent ' || agent_id as value from counter_seat
    where branch_id = ${branchId} and agent_id is not null`);
  const called = [...hall.tickets.values()].filter(({ status }) => isAtCounter(status));
  return violations(branchId, [
    ...differences(
      'table counter_ticket, counter',
      atCounters,
      called.map(({ counterId, id }) => [counterId ?? '', `ticket ${id}`]),
    ),
    ...differences(
      'table counter_seat, counter',
      seats,
      [...hall.counters.values()].map(({ id, agentId }) => [id, `agent ${agentId}`]),
    ),
  ]);
};

/** The business days of which the table of tickets has any. */
export const listTicketDays = async (snapshot: Sql, branchId: BranchId): Promise<Set<string>> => {
  // From day to day by the primary key: to read every ticket there ever was would take long.
  const rows = await withinTimeout(snapshot<{ date: string }[]>`
    with recursive days as (
      select min(business_day) as date from ticket where branch_id = ${branchId}
      union all
      select (select min(t.business_day) from ticket t where t.branch_id = ${branchId} and t.business_day > days.date)
      from days where days.date is not null
    )
    select date::text as date from days where date is not null`);
  return new Set(rows.map(({ date }) => date));
};

/**
 * The table of tickets has those of the hall's business day, and no others of that day (I7).
 *
 * @param days those of which the table has any
 */
export const checkTicketTable = async (
  snapshot: Sql,
  { branchId, day, tickets }: Hall,
  days: ReadonlySet<string>,
): Promise<Violation[]> => {
  if (!day) return [];
  const rows = days.has(day.date)
    ? await withinTimeout(snapshot<Row[]>`
        select number as key, 'ticket ' || id as value from ticket
        where branch_id = ${branchId} and business_day = ${day.date}::text::date`)
    : [];
  const expected = [...tickets.values()].map(({ number, id }): [string, string] => [number, `ticket ${id}`]);
  return violations(branchId, differences(`table ticket, business day ${day.date}, number`, rows, expected));
};

/** The table of tickets has no business day that the ledger does not have (I7). */
export const checkTicketDays = (
  branchId: BranchId,
  inTable: ReadonlySet<string>,
  inLedger: ReadonlySet<string>,
): Violation[] =>
  violations(
    branchId,
    [...inTable]
      .filter((date) => !inLedger.has(date))
      .map((date) => `table ticket has tickets of business day ${date}, which the ledger does not have`),
  );

const differences = (
  where: string,
  rows: readonly Row[],
  expected: readonly (readonly [string, string])[],
): string[] => {
  const held = new Map(rows.map(({ key, value }) => [key, value]));
  const wanted = new Map(expected);
  return [
    ...[...wanted].flatMap(([key, value]) =>
      held.get(key) === value ? [] : [`${where} ${key}: it has ${held.get(key) ?? 'nothing'}, the ledger ${value}`],
    ),
    ...[...held].flatMap(([key, value]) =>
      wanted.has(key) ? [] : [`${where} ${key}: it has ${value}, the ledger nothing`],
    ),
  ];
};

const violations = (branchId: BranchId, messages: readonly string[]): Violation[] =>
  messages.map((message) => ({ invariant: 'I7', message: `${branchId}: ${message}` }));
