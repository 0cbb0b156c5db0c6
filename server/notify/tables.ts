import { index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { ofHallInScope } from '../ledger/row-security.ts';

/**
 * Where a visitor's phone takes messages (PUSH-1): an address at the service of its browser's maker and the keys that only
 * this phone opens. Sealed, one phone a ticket, and deleted with the business day.
 */
export const visitorPush = pgTable(
  'visitor_push',
  {
    branchId: text().notNull(),
    ticketId: uuid().notNull(),
    subscription: text().notNull(),
    language: text().notNull(),
    eraseAfter: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    ofHallInScope(table.branchId),
    primaryKey({ columns: [table.branchId, table.ticketId] }),
    index('visitor_push_due').on(table.eraseAfter),
  ],
);
