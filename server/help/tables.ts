import { pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { ofHallInScope } from '../ledger/row-security.ts';
import { branch } from '../setup/tables.ts';

/** The latest call of each kiosk for staff (HELP-1), and of each counter for colleagues (HELP-3). */
export const helpCall = pgTable(
  'help_call',
  {
    branchId: text()
      .notNull()
      .references(() => branch.id),
    /** The device's id, what stands for all screens that were not let in, or what stands for a counter. */
    place: text().notNull(),
    calledAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    answeredAt: timestamp({ withTimezone: true }),
    /** The agent who called from a counter; `null`: a kiosk. */
    calledBy: text(),
    answeredBy: text(),
  },
  (table) => [ofHallInScope(table.branchId), primaryKey({ columns: [table.branchId, table.place] })],
);
