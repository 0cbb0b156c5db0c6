import { sql } from 'drizzle-orm';
import { staffRoles } from '@antrean/shared/domain/permissions.ts';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  json,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { ofHallInScope } from '../ledger/row-security.ts';
import { agency } from '../setup/tables.ts';

/** Who may sign in. There is no account that nobody made. */
export const staff = pgTable(
  'staff',
  {
    id: text().primaryKey(),
    login: text().notNull(),
    displayName: text().notNull(),
    /** Absent: somebody else vouches for whoever uses it (`staff_identity`). */
    passwordHash: text(),
    role: text({ enum: staffRoles }).notNull(),
    /** The only branch this account may work for; absent: all. */
    branchId: text(),
    /** The only agency of that branch this account is for; absent: all. */
    agencyId: text(),
    /** Somebody else has seen the password: nothing is done with it but choosing an own one. */
    mustChangePassword: boolean().notNull().default(false),
    disabledAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    ofHallInScope(table.branchId),
    uniqueIndex('staff_login_once').on(sql`lower(${table.login})`),
    check(
      'staff_role_is_known',
      sql`${table.role} in ('agent', 'floor-walker', 'agency-administrator', 'manager', 'administrator', 'auditor')`,
    ),
    // ALLOW-3
    check(
      'staff_agency_fits_role',
      sql`(${table.agencyId} is null and ${table.role} <> 'agency-administrator')
      or (${table.agencyId} is not null and ${table.branchId} is not null and ${table.role} not in ('manager', 'administrator'))`,
    ),
    foreignKey({ columns: [table.branchId, table.agencyId], foreignColumns: [agency.branchId, agency.id] }),
  ],
);

/** What makes the codes that are asked for after the password. There is none before one of its codes was right. */
export const staffSecondFactor = pgTable('staff_second_factor', {
  staffId: text()
    .primaryKey()
    .references(() => staff.id),
  /** Sealed with keys outside of the database. */
  secret: text().notNull(),
  confirmedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  /** Of the latest code that was right, in half minutes since 1970: it and earlier ones are good no more (RFC 6238, 5.2). */
  lastStep: bigint({ mode: 'number' }).notNull(),
});

/** Codes for whoever lost the app, each good once. */
export const staffRecoveryCode = pgTable(
  'staff_recovery_code',
  {
    staffId: text()
      .notNull()
      .references(() => staffSecondFactor.staffId, { onDelete: 'cascade' }),
    codeHash: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.staffId, table.codeHash] })],
);

/** Which account somebody uses whom another place vouches for: OpenID Connect's `iss` and `sub`. */
export const staffIdentity = pgTable(
  'staff_identity',
  {
    issuer: text().notNull(),
    subject: text().notNull(),
    staffId: text()
      .notNull()
      .unique()
      .references(() => staff.id),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.issuer, table.subject] })],
);

/**
 * Keys that this installation made for itself, by what they are for. They never leave the server: who has the one for
 * holders can try out which document a code in the ledger stands for. Without it nobody can.
 */
export const installationKey = pgTable('installation_key', {
  purpose: text().primaryKey(),
  key: text().notNull(),
  createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
});

/** Sessions of staff; the id itself is only in the browser's cookie (S3). */
export const staffSession = pgTable(
  'staff_session',
  {
    idHash: text().primaryKey(),
    staffId: text()
      .notNull()
      .references(() => staff.id),
    data: json().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    /** When its owner last did something: left alone too long it ends (S3). */
    seenAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** Where it began, for its owner to know it by. */
    address: text().notNull().default(''),
    browser: text().notNull().default(''),
  },
  (table) => [index('staff_session_by_staff').on(table.staffId)],
);
