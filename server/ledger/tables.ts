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

/** The second lock: says in constraints what the rules say in code. A fold of the ledger, written with it. */
export const ticket = pgTable(
  'ticket',
  {
    branchId: text().notNull(),
    id: uuid().notNull(),
    businessDay: date().notNull(),
    number: text().notNull(),
    serial: integer().notNull(),
    serviceId: text().notNull(),
    status: text().notNull(),
    counterId: text(),
  },
  (table) => [
    primaryKey({ columns: [table.branchId, table.id] }),
    uniqueIndex('ticket_number_once').on(table.branchId, table.businessDay, table.number),
    uniqueIndex('ticket_one_at_counter')
      .on(table.branchId, table.counterId)
      .where(sql`status in ('called', 'serving')`),
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
