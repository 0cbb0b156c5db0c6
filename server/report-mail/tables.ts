import { sql } from 'drizzle-orm';
import { check, date, index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { reportRhythms } from '@antrean/shared/domain/report-period.ts';
import { ofHallInScope } from '../ledger/row-security.ts';
import { branch } from '../setup/tables.ts';

/**
 * Who gets the reports of a hall by e-mail (REPORT-21). A row says what is sent next and how the tries got on: there is no
 * other copy of what is to be done.
 */
export const reportSubscriber = pgTable(
  'report_subscriber',
  {
    id: uuid().primaryKey().defaultRandom(),
    branchId: text()
      .notNull()
      .references(() => branch.id),
    /** Only what is of this agency; null: the hall. */
    agencyId: text(),
    address: text().notNull(),
    language: text().notNull(),
    every: text({ enum: reportRhythms }).notNull(),
    addedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** The first business day of the period that is sent next. */
    nextFrom: date().notNull(),
    /** Not before then; while a node is at it, when another may take it over. */
    nextAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    /** Of that period. */
    tries: integer().notNull().default(0),
    /** Why the last try failed. */
    problem: text(),
    sentFrom: date(),
    sentAt: timestamp({ withTimezone: true, precision: 3 }),
    /** The first business day of the latest period that was given up since one was sent last. */
    lostFrom: date(),
    /** Why its last try failed; null: none was made within its time. */
    lostProblem: text(),
  },
  (table) => [
    ofHallInScope(table.branchId),
    uniqueIndex('report_subscriber_once').on(
      table.branchId,
      sql`lower(${table.address})`,
      table.every,
      sql`coalesce(${table.agencyId}, '')`,
    ),
    index('report_subscriber_due').on(table.nextAt),
    check('report_subscriber_every', sql`${table.every} in ('day', 'week', 'month')`),
  ],
);
