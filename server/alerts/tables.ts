import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
  bigint,
} from 'drizzle-orm/pg-core';
import { alertKinds } from '@antrean/shared/domain/alert-kinds.ts';
import { alertChannels } from '@antrean/shared/protocol/alert-subscribers.ts';
import { ofHallInScope } from '../ledger/row-security.ts';
import { branch } from '../setup/tables.ts';

/** What managers were told of (ALERT-1): raised and over by itself, and never changed afterwards. */
export const alert = pgTable(
  'alert',
  {
    id: uuid().primaryKey().defaultRandom(),
    branchId: text()
      .notNull()
      .references(() => branch.id),
    kind: text({ enum: alertKinds }).notNull(),
    /** The service of a line, a counter or a device; empty: the hall. */
    subject: text().notNull(),
    businessDay: date().notNull(),
    raisedAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    /** Minutes, visitors or percent, as its kind is. */
    worst: integer().notNull(),
    /** As it was when the alert was raised. */
    bound: integer().notNull(),
    resolvedAt: timestamp({ withTimezone: true, precision: 3 }),
    snoozedUntil: timestamp({ withTimezone: true, precision: 3 }),
    snoozedBy: text(),
  },
  (table) => [
    ofHallInScope(table.branchId),
    // Two nodes that see the same raise it once.
    uniqueIndex('alert_stands_once')
      .on(table.branchId, table.kind, table.subject)
      .where(sql`${table.resolvedAt} is null`),
    index('alert_by_day').on(table.branchId, table.businessDay),
    check(
      'alert_kind_is_known',
      sql`${table.kind} in ('longest-wait', 'waiting', 'share-within-target', 'serving-long', 'device-silent')`,
    ),
  ],
);

/** The state of a hall that its alerts were last reckoned from: a node that is behind it changes none. */
export const alertLook = pgTable(
  'alert_look',
  {
    branchId: text()
      .primaryKey()
      .references(() => branch.id),
    epoch: uuid().notNull(),
    version: bigint({ mode: 'number' }).notNull(),
    at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [ofHallInScope(table.branchId)],
);

/** Who is told of a hall's alerts, by e-mail or by webhook (ALERT-6, ALERT-8). */
export const alertSubscriber = pgTable(
  'alert_subscriber',
  {
    id: uuid().primaryKey().defaultRandom(),
    branchId: text()
      .notNull()
      .references(() => branch.id),
    channel: text({ enum: alertChannels }).notNull().default('email'),
    address: text().notNull(),
    /** Of e-mails. */
    language: text(),
    /** Sealed: what signs webhooks. */
    secret: text(),
    addedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** When the address said that it takes no more. */
    stoppedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    ofHallInScope(table.branchId),
    // In a web address capitals count.
    uniqueIndex('alert_subscriber_once').on(
      table.branchId,
      sql`(case when ${table.channel} = 'email' then lower(${table.address}) else ${table.address} end)`,
    ),
    check(
      'alert_subscriber_has_what_its_channel_needs',
      sql`(${table.channel} = 'email' and ${table.language} is not null and ${table.secret} is null)
        or (${table.channel} = 'webhook' and ${table.language} is null and ${table.secret} is not null)`,
    ),
  ],
);

/** What is to be told whom: written with the alert itself, and sent until it has arrived or is given up (ALERT-7). */
export const alertMessage = pgTable(
  'alert_message',
  {
    id: uuid().primaryKey().defaultRandom(),
    branchId: text()
      .notNull()
      .references(() => branch.id),
    alertId: uuid()
      .notNull()
      .references(() => alert.id),
    subscriberId: uuid()
      .notNull()
      .references(() => alertSubscriber.id, { onDelete: 'cascade' }),
    tells: text({ enum: ['raised', 'resolved'] }).notNull(),
    madeAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    tries: integer().notNull().default(0),
    /** Not before then; while a node is at it, when another may take it over. */
    nextAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    /** Sent, given up, or not needed any more. */
    endedAt: timestamp({ withTimezone: true, precision: 3 }),
    isSent: boolean().notNull().default(false),
    /** Why the last try failed. */
    problem: text(),
  },
  (table) => [
    ofHallInScope(table.branchId),
    uniqueIndex('alert_message_once').on(table.alertId, table.subscriberId, table.tells),
    index('alert_message_due')
      .on(table.nextAt)
      .where(sql`${table.endedAt} is null`),
    index('alert_message_of_branch').on(table.branchId, table.madeAt),
    index('alert_message_of_subscriber').on(table.subscriberId),
    check('alert_message_tells', sql`${table.tells} in ('raised', 'resolved')`),
  ],
);
