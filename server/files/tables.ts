import { sql } from 'drizzle-orm';
import { check, customType, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { fileKinds } from '@antrean/shared/protocol/files.ts';
import { ofHallInScope } from '../ledger/row-security.ts';
import { branch } from '../setup/tables.ts';

const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

const branchId = () =>
  text()
    .notNull()
    .references(() => branch.id);

/** The files of a hall: pictures and videos beside its calls. In Postgres, so that there is one thing to back up. */
export const hallFile = pgTable(
  'hall_file',
  {
    branchId: branchId(),
    /** SHA-256 of its bytes, hexadecimal: what a browser has kept under it stays right for ever. */
    id: text().notNull(),
    /** Of its pieces. */
    uploadId: uuid().notNull(),
    name: text().notNull(),
    kind: text({ enum: fileKinds }).notNull(),
    /** Found by the bytes, whatever its name says. */
    mediaType: text().notNull(),
    bytes: integer().notNull(),
    /** The account. */
    addedBy: text().notNull(),
    addedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    ofHallInScope(table.branchId),
    primaryKey({ columns: [table.branchId, table.id] }),
    index('hall_file_by_upload').on(table.branchId, table.uploadId),
    check('hall_file_id_is_hash', sql`${table.id} ~ '^[0-9a-f]{64}$'`),
    check('hall_file_kind_is_known', sql`${table.kind} in ('picture', 'video', 'sound')`),
    check('hall_file_has_bytes', sql`${table.bytes} > 0`),
  ],
);

/** What files consist of. Those of uploads that nobody finished go with a later upload. */
export const hallFilePiece = pgTable(
  'hall_file_piece',
  {
    branchId: branchId(),
    uploadId: uuid().notNull(),
    /** 0, 1, 2 … */
    position: integer().notNull(),
    content: bytea().notNull(),
    addedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    ofHallInScope(table.branchId),
    primaryKey({ columns: [table.branchId, table.uploadId, table.position] }),
    check('hall_file_piece_is_small', sql`octet_length(${table.content}) between 1 and 524288`),
  ],
);
