import { businessDate, businessDayEnd } from '@antrean/shared/domain/business-day.ts';
import type { BranchId, TicketId } from '@antrean/shared/domain/ids.ts';
import type { BranchSetup } from '@antrean/shared/domain/setup.ts';
import type { Ticket } from '@antrean/shared/domain/ticket.ts';
import type { Branch } from '../hall/branch.ts';
import type { Halls } from '../hall/halls.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';
import type { DatabaseClock } from '../ledger/database-clock.ts';
import type { VisitLinks } from './visit-links.ts';

/** How long after its business day a link still opens, ms (S8). */
const goodForMs = 24 * 3_600_000;

/** The ticket that a link is of. */
export interface Visit {
  readonly branch: Branch;
  readonly ticketId: TicketId;
  readonly number: string;
  /** `YYYY-MM-DD` */
  readonly businessDay: string;
  /** `null`: its business day has gone, and with it how the ticket stood. */
  readonly ticket: Ticket | null;
  /** The version of the hall in which it stands so. */
  readonly version: number;
}

export interface VisitPorts {
  readonly sql: Sql;
  readonly halls: Halls;
  readonly links: VisitLinks;
  readonly clock: DatabaseClock;
}

/** The ticket of a link among those that this node has in its memory. */
export const findVisitHere = ({ halls, links, clock }: VisitPorts, link: string): Visit | null => {
  const ids = links.ticketsOf(link);
  for (const branch of halls.loaded()) {
    for (const id of ids) {
      const ticket = branch.hall.tickets.get(id);
      if (ticket) return visitOfToday(branch, ticket, clock.now());
    }
  }
  return null;
};

/** The ticket of a link as the ledger has it, for a day before or a hall not loaded yet. Throws what Postgres throws. */
export const findVisitInLedger = async (
  { sql, halls, links, clock }: VisitPorts,
  link: string,
): Promise<Visit | null> => {
  const ids = links.ticketsOf(link);
  if (ids.length === 0) return null;
  const [row] = await withinTimeout(sql<
    { branchId: BranchId; ticketId: TicketId; number: string; version: number; at: number }[]
  >`
    select e.branch_id as "branchId", e.command_id as "ticketId", e.data->>'number' as number,
      e.version::float8 as version,
      extract(epoch from e.at)::float8 * 1000 as at
    from branch b join ticket_event e on e.branch_id = b.id
    where e.command_id = any(string_to_array(${ids.join(',')}, ',')::uuid[]) and e.command_part = 0
      and e.type = 'ticket.issued'`);
  if (!row) return null;
  const branch = await halls.branch(row.branchId);
  if (row.version > branch.hall.version) {
    // Another node issued it a moment ago: it is not over, it has not been heard of here.
    branch.hear(row.version);
    await branch.settled();
  }
  const ticket = branch.hall.tickets.get(row.ticketId);
  if (ticket) return visitOfToday(branch, ticket, clock.now());
  const { zone, dayStartsAt } = branch.setup;
  const businessDay = businessDate(row.at, zone, dayStartsAt);
  if (!isGood(branch.setup, businessDay, clock.now())) return null;
  return {
    branch,
    ticketId: row.ticketId,
    number: row.number,
    businessDay,
    ticket: null,
    version: branch.hall.version,
  };
};

const visitOfToday = (branch: Branch, ticket: Ticket, now: number): Visit | null => {
  // Tickets are folded into a day alone; after it the hall keeps them until the next one opens.
  const businessDay = branch.hall.day!.date;
  if (!isGood(branch.setup, businessDay, now)) return null;
  return { branch, ticketId: ticket.id, number: ticket.number, businessDay, ticket, version: branch.hall.version };
};

const isGood = ({ zone, dayStartsAt }: BranchSetup, businessDay: string, now: number): boolean =>
  now < businessDayEnd(businessDay, zone, dayStartsAt) + goodForMs;
