import { sql } from 'drizzle-orm';
import {
  bigint,
  date,
  integer,
  json,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

/** Where each branch's ledger stands. Its row lock is what makes two nodes take turns. */
export const branchHead = pgTable('branch_head', {
  branchId: text().primaryKey(),
  /** Changes when the ledger is restored from a backup: screens that see another epoch drop all they hold. */
  epoch: uuid().notNull().defaultRandom(),
  version: bigint({ mode: 'number' }).notNull().default(0),
  /** Hash of the last event: the next one continues the chain. */
  hash: text().notNull().default(''),
  /** The version that opened the latest business day: a node folds from there. */
  dayVersion: bigint({ mode: 'number' }).notNull().default(0),
});

/** The ledger: what happened, in which order. Only ever appended to. */
export const ticketEvent = pgTable(
  'ticket_event',
  {
    branchId: text().notNull(),
    version: bigint({ mode: 'number' }).notNull(),
    type: text().notNull(),
    at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    commandId: uuid().notNull(),
    /** 0, 1, 2 … over the events of one command. */
    commandPart: integer().notNull(),
    actor: json().notNull(),
    // `json`, not `jsonb`: the text is kept to the letter, so that the hash chain can be checked.
    data: json().notNull(),
    hash: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.branchId, table.version] }),
    uniqueIndex('ticket_event_command_once').on(table.branchId, table.commandId, table.commandPart),
  ],
);

/**
 * The second lock says in constraints what the rules say in code; its tables are folds of the ledger, written with it.
 * Every ticket ever issued: a number is given once on a business day. Only ever appended to.
 */
export const ticket = pgTable(
  'ticket',
  {
    branchId: text().notNull(),
    businessDay: date().notNull(),
    number: text().notNull(),
    id: uuid().notNull(),
    serviceId: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.branchId, table.businessDay, table.number] })],
);

/**
 * Who is called to or served at which counter now: one open ticket a counter, one counter a ticket. A row comes and
 * goes with the visitor, so that a call costs no new version of the ticket's row in every index.
 */
export const counterTicket = pgTable(
  'counter_ticket',
  {
    branchId: text().notNull(),
    counterId: text().notNull(),
    ticketId: uuid().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.branchId, table.counterId] }),
    uniqueIndex('counter_ticket_once').on(table.branchId, table.ticketId),
  ],
);

/** Who sits where now: one agent a counter, one counter an agent. */
export const counterSeat = pgTable(
  'counter_seat',
  {
    branchId: text().notNull(),
    counterId: text().notNull(),
    /** Absent while the counter is closed. */
    agentId: text(),
  },
  (table) => [
    primaryKey({ columns: [table.branchId, table.counterId] }),
    uniqueIndex('counter_seat_agent_once')
      .on(table.branchId, table.agentId)
      .where(sql`agent_id is not null`),
  ],
);
