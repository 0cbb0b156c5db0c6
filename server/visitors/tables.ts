import { sql } from 'drizzle-orm';
import {
  check,
  date,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { ofHallInScope } from '../ledger/row-security.ts';

/**
 * What a visitor wants to be reached by (S24): the only table with personal data of visitors, apart from the ledger, which
 * is never erased. Sealed with keys that are kept outside the database, and deleted when its time is over.
 */
export const visitorContact = pgTable(
  'visitor_contact',
  {
    branchId: text().notNull(),
    ticketId: uuid().notNull(),
    phone: text().notNull(),
    /** Finds the number without telling it. */
    phoneCode: text().notNull(),
    language: text().notNull(),
    consentAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    eraseAfter: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    ofHallInScope(table.branchId),
    primaryKey({ columns: [table.branchId, table.ticketId] }),
    index('visitor_contact_due').on(table.eraseAfter),
    index('visitor_contact_by_phone').on(table.branchId, table.phoneCode),
  ],
);

/**
 * What visitors say of a visit: apart from the ledger, once for a ticket, and which ticket it was is forgotten when its
 * business day ends (SURVEY-3). So it has no time of day either, and an id that tells no order.
 */
export const visitAnswer = pgTable(
  'visit_answer',
  {
    id: uuid().primaryKey().defaultRandom(),
    branchId: text().notNull(),
    businessDay: date().notNull(),
    serviceId: text().notNull(),
    /** Only so long as the answer may be changed. */
    ticketId: uuid(),
    unlinkAfter: timestamp({ withTimezone: true }).notNull(),
    stars: smallint(),
    u1: smallint(),
    u2: smallint(),
    u3: smallint(),
    u4: smallint(),
    u5: smallint(),
    u6: smallint(),
    u7: smallint(),
    u8: smallint(),
    u9: smallint(),
  },
  (table) => {
    const marks = [table.u1, table.u2, table.u3, table.u4, table.u5, table.u6, table.u7, table.u8, table.u9];
    const all = sql.join(marks, sql`, `);
    return [
      ofHallInScope(table.branchId),
      uniqueIndex('visit_answer_once').on(table.branchId, table.ticketId),
      index('visit_answer_by_day').on(table.branchId, table.businessDay),
      index('visit_answer_to_unlink')
        .on(table.unlinkAfter)
        .where(sql`ticket_id is not null`),
      check('visit_answer_says_something', sql`num_nonnulls(${table.stars}, ${table.u1}) > 0`),
      check('visit_answer_stars_are_few', sql`${table.stars} between 1 and 5`),
      check('visit_answer_marks_are_whole', sql`num_nonnulls(${all}) in (0, 9)`),
      check('visit_answer_marks_are_few', sql`least(${all}) >= 1 and greatest(${all}) <= 4`),
    ];
  },
);
