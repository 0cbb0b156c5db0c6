import {
  bigint,
  boolean,
  customType,
  date,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { ofHallInScope, ofHallInScopeOfMany } from '../ledger/row-security.ts';

/**
 * What reports are reckoned from: a row for each leg of each visit, a fold of the ledger that may be thrown away and folded
 * again (REPORT-2). Whoever served is known by the name they sign in with, visitors by nothing.
 */
export const visitLeg = pgTable(
  'visit_leg',
  {
    branchId: text().notNull(),
    businessDay: date().notNull(),
    ticketId: uuid().notNull(),
    /** 0, 1, 2 … within the visit. */
    leg: smallint().notNull(),
    serviceId: text().notNull(),
    /** Of the service, as the set-up had them when the leg was folded. */
    agencyId: text().notNull(),
    standardMinutes: integer(),
    priorityId: text(),
    channel: text().notNull(),
    isBooked: boolean().notNull(),
    queuedAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    /** The hour of `queuedAt` by the hall's clock, 0 to 23. */
    hour: smallint().notNull(),
    calledAt: timestamp({ withTimezone: true, precision: 3 }),
    rule: text(),
    counterId: text(),
    agentId: text(),
    waitMs: integer(),
    walkMs: integer(),
    servedMs: integer(),
    recalls: smallint().notNull(),
    misses: smallint().notNull(),
    rejoins: smallint().notNull(),
    ending: text(),
    endedAt: timestamp({ withTimezone: true, precision: 3 }),
    outcome: text(),
    quantity: integer().notNull(),
    /** The range told on joining, minutes; null: nothing could be. */
    toldFrom: integer(),
    toldTo: integer(),
  },
  (table) => [
    ofHallInScopeOfMany(table.branchId),
    primaryKey({ columns: [table.branchId, table.businessDay, table.ticketId, table.leg] }),
    // Days come one after another in all halls: a country's month is a range of pages.
    index('visit_leg_day').using('brin', table.businessDay),
  ],
);

/** How far the legs of a branch follow its ledger. */
export const visitLegHead = pgTable(
  'visit_leg_head',
  {
    branchId: text().primaryKey(),
    /** Of the ledger they were folded from: after a restore another one. */
    epoch: uuid().notNull(),
    version: bigint({ mode: 'number' }).notNull(),
    /** The version that opened the day of that version: who goes on without a fold begins there. */
    dayVersion: bigint({ mode: 'number' }).notNull(),
    /**
     * What had been learnt of its waits before that version. Not `jsonb`: numbers come back as they were written. `null`: by a
     * release that did not reckon it; all is folded anew.
     */
    dayWaits: json(),
    /** When the event of that version happened. */
    at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    /** The version whose legs are packed by the day; `null`: not all of them. */
    packedVersion: bigint({ mode: 'number' }),
    /** The last day that is packed: none before it changes. */
    packedDay: date(),
  },
  (table) => [ofHallInScope(table.branchId)],
);

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/**
 * The legs of a branch's day side by side, for reports of all halls: a country's month is 8,000 of these rows, where of legs
 * it is three million (REPORT-6). Void ones are not among them.
 */
export const visitDay = pgTable(
  'visit_day',
  {
    businessDay: date().notNull(),
    branchId: text().notNull(),
    /** 14 bytes a leg, as `read-packed.ts` reads them. */
    figures: bytea().notNull(),
    /** Ids, one a line, in order; and of each leg which of them, 2 bytes. */
    services: text().notNull(),
    service: bytea().notNull(),
    agencies: text().notNull(),
    agency: bytea().notNull(),
    /** An empty line: no priority. */
    priorities: text().notNull(),
    priority: bytea().notNull(),
    channels: text().notNull(),
    channel: bytea().notNull(),
  },
  (table) => [ofHallInScopeOfMany(table.branchId), primaryKey({ columns: [table.businessDay, table.branchId] })],
);
