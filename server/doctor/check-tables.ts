import type { Violation } from '@antrean/shared/domain/check-ledger.ts';
import type { Hall } from '@antrean/shared/domain/hall.ts';
import { isAtCounter } from '@antrean/shared/domain/ticket.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';

/** The tables of the second lock say what the ledger says of today (I7). The branch must be quiet meanwhile. */
export const checkTables = async (sql: Sql, hall: Hall): Promise<Violation[]> => {
  const { branchId } = hall;
  const date = hall.day?.date ?? '0001-01-01';
  const [tickets, atCounters, seats] = await Promise.all([
    withinTimeout(sql<{ key: string; value: string }[]>`
      select number as key, id || ' ' || service_id as value from ticket
      where branch_id = ${branchId} and business_day = ${date}::date`),
    withinTimeout(sql<{ key: string; value: string }[]>`
      select counter_id as key, ticket_id::text as value from counter_ticket where branch_id = ${branchId}`),
    withinTimeout(sql<{ key: string; value: string }[]>`
      select counter_id as key, agent_id as value from counter_seat
      where branch_id = ${branchId} and agent_id is not null`),
  ]);
  const today = [...hall.tickets.values()];
  return [
    ...differences(
      'ticket',
      tickets,
      today.map((ticket) => [ticket.number, `${ticket.id} ${ticket.serviceId}`]),
    ),
    ...differences(
      'counter_ticket',
      atCounters,
      today.filter(({ status }) => isAtCounter(status)).map((ticket) => [ticket.counterId ?? '', ticket.id]),
    ),
    ...differences(
      'counter_seat',
      seats,
      [...hall.counters.values()].map(({ id, agentId }) => [id, agentId]),
    ),
  ].map((message) => ({ invariant: 'I7', message: `${branchId}: ${message}` }));
};

const differences = (
  table: string,
  rows: readonly { key: string; value: string }[],
  expected: readonly (readonly [string, string])[],
): string[] => {
  const found = new Map(rows.map(({ key, value }) => [key, value]));
  const wanted = new Map(expected);
  return [
    ...[...wanted].flatMap(([key, value]) =>
      found.get(key) === value
        ? []
        : [`table ${table} says ${found.get(key) ?? 'nothing'} of ${key}, the ledger ${value}`],
    ),
    ...[...found.keys()].flatMap((key) => (wanted.has(key) ? [] : [`table ${table} has ${key}, the ledger does not`])),
  ];
};
