import { index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
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
