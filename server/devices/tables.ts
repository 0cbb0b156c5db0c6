import { sql } from 'drizzle-orm';
import { check, index, json, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { type DeviceHealth, deviceKinds, soundAnswers } from '@antrean/shared/protocol/devices.ts';
import { ofHallInScope } from '../ledger/row-security.ts';
import { branch } from '../setup/tables.ts';

/** Screens, kiosks and printers that a manager let in. Those taken back stay, so that the audit trail has names to tell. */
export const device = pgTable(
  'device',
  {
    id: text().primaryKey(),
    branchId: text()
      .notNull()
      .references(() => branch.id),
    kind: text({ enum: deviceKinds }).notNull(),
    name: text().notNull(),
    /** Where it stands, in the words of whoever let it in. */
    area: text(),
    /** Which of the hall's screens a lobby TV shows; absent: what its address says, else the whole hall. */
    screenId: text(),
    /** Which of the hall's printers a kiosk prints at; absent: the hall's first. */
    printerId: text(),
    /** The token itself is only in the device's cookie (S4). */
    tokenHash: text().notNull(),
    tokenAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** Given out to take the token's place; the old one is good until this one was used. */
    nextTokenHash: text(),
    nextTokenAt: timestamp({ withTimezone: true }),
    approvedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    revokedAt: timestamp({ withTimezone: true }),
    seenAt: timestamp({ withTimezone: true }),
    address: text().notNull(),
    browser: text().notNull(),
    health: json().$type<DeviceHealth>(),
    /** When its sound was last to be tested, and what came of it (VOICE-8). */
    soundAskedAt: timestamp({ withTimezone: true }),
    soundAnsweredAt: timestamp({ withTimezone: true }),
    soundAnswer: text({ enum: soundAnswers }),
  },
  (table) => [
    ofHallInScope(table.branchId),
    uniqueIndex('device_token_once').on(table.tokenHash),
    uniqueIndex('device_next_token_once').on(table.nextTokenHash),
    index('device_by_branch').on(table.branchId),
    check('device_kind_is_known', sql`${table.kind} in ('kiosk', 'display', 'printer')`),
  ],
);

/** Devices that show a code and wait to be let in; gone with the first use of the code, or when it has run out. */
export const devicePairing = pgTable(
  'device_pairing',
  {
    /** Of the token that the device has already, and that opens nothing until somebody has typed the code. */
    tokenHash: text().primaryKey(),
    codeHash: text().notNull(),
    kind: text({ enum: deviceKinds }).notNull(),
    picture: text().notNull(),
    address: text().notNull(),
    browser: text().notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    uniqueIndex('device_pairing_code_once').on(table.codeHash),
    check('device_pairing_kind_is_known', sql`${table.kind} in ('kiosk', 'display', 'printer')`),
  ],
);
