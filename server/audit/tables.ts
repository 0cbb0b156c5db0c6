import { sql } from 'drizzle-orm';
import { ofHallInScope } from '../ledger/row-security.ts';
import { bigint, check, index, json, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/**
 * Who did what, with what before and after, from where. Only ever appended to. Number, instant and hash are given by a
 * trigger (`chain_audit_entry`): whoever writes an entry cannot choose them.
 */
export const auditEntry = pgTable(
  'audit_entry',
  {
    seq: bigint({ mode: 'number' }).primaryKey(),
    at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    action: text().notNull(),
    role: text().notNull(),
    /** The account; absent: nobody was signed in. */
    by: text(),
    address: text().notNull(),
    branchId: text(),
    agencyId: text(),
    subject: text().notNull(),
    // `json`, not `jsonb`: the text is kept to the letter, so that the hash can be computed again.
    before: json(),
    after: json(),
    hash: text().notNull(),
  },
  (table) => [
    ofHallInScope(table.branchId),
    index('audit_entry_by_branch').on(table.branchId, table.seq),
    check('audit_entry_action_is_named', sql`${table.action} ~ '^[a-z-]+[.][a-z-]+$'`),
  ],
);
