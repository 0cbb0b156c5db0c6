import { sql, type SQL } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';
import { ofHallInScope } from '../ledger/row-security.ts';
import type { HoursException, OpeningHours, Texts } from '@antrean/shared/domain/setup.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';

/**
 * A hall's set-up. Rows that a later blueprint no longer names are retired (`retired_at`), never deleted: tickets of the
 * past refer to them. `position` is the place in the blueprint's list, so that an export gives back an equal file.
 */

const id = (column: AnyPgColumn): SQL => sql`${column} ~ '^[A-Za-z0-9][A-Za-z0-9-]{0,63}$'`;

const branchId = () =>
  text('branch_id')
    .notNull()
    .references(() => branch.id);

const listed = () => ({
  id: text('id').notNull(),
  position: integer('position').notNull(),
  retiredAt: timestamp('retired_at', { withTimezone: true }),
});

/** One column, as for the hall's rules: a new field needs no migration. */
type Issuing = Pick<
  Blueprint['services'][number],
  'numbers' | 'hours' | 'stopMinutesBeforeClosing' | 'quota' | 'onePerHolder'
>;

export const branch = pgTable(
  'branch',
  {
    id: text('id').primaryKey(),
    /** Counts the changes of the set-up: 1 for the first import, one more for each that changes something. */
    revision: integer('revision').notNull(),
    name: jsonb('name').$type<Texts>().notNull(),
    notes: jsonb('notes').$type<readonly string[]>(),
    zone: text('zone').notNull(),
    dayStartsAt: text('day_starts_at').notNull(),
    languages: jsonb('languages').$type<readonly string[]>().notNull(),
    currency: text('currency').notNull(),
    weekHours: jsonb('week_hours').$type<OpeningHours['week']>().notNull(),
    hoursExceptions: jsonb('hours_exceptions').$type<readonly HoursException[]>(),
    rules: jsonb('rules').$type<Blueprint['rules']>().notNull(),
    /** Journeys have no rows of their own: nothing of the past refers to one but the event that names it. */
    journeys: jsonb('journeys').$type<Blueprint['journeys']>(),
    /** Nothing of the past refers to a screen. */
    screens: jsonb('screens').$type<Blueprint['screens']>(),
    /** Nor to a printer. */
    printers: jsonb('printers').$type<Blueprint['printers']>(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    changedAt: timestamp('changed_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    check('branch_id_is_slug', sql`${table.id} ~ '^[a-z0-9][a-z0-9-]{0,63}$'`),
    check('branch_revision_counts_from_one', sql`${table.revision} >= 1`),
    check('branch_day_starts_at_is_time', sql`${table.dayStartsAt} ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'`),
    check('branch_has_language', sql`jsonb_array_length(${table.languages}) >= 1`),
    check('branch_currency_is_code', sql`${table.currency} ~ '^[A-Z]{3}$'`),
  ],
);

export const agency = pgTable(
  'agency',
  { branchId: branchId(), ...listed(), name: jsonb('name').$type<Texts>().notNull() },
  (table) => [primaryKey({ columns: [table.branchId, table.id] }), check('agency_id_is_plain', id(table.id))],
);

export const service = pgTable(
  'service',
  {
    branchId: branchId(),
    ...listed(),
    agencyId: text('agency_id').notNull(),
    name: jsonb('name').$type<Texts>().notNull(),
    prefix: text('prefix').notNull(),
    standardMinutes: integer('standard_minutes'),
    /** In the branch's currency; 0 is free, null is unknown. */
    fee: numeric('fee', { precision: 14, scale: 2, mode: 'number' }),
    requirements: jsonb('requirements').$type<Readonly<Record<string, readonly string[]>>>(),
    mobile: text('mobile', { enum: ['yes', 'no', 'unknown'] }),
    /** Numbers, hours, quota and the like, where the service has any: as the blueprint says them. */
    issuing: jsonb('issuing').$type<Issuing>(),
    source: text('source').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.branchId, table.id] }),
    foreignKey({
      name: 'service_has_agency',
      columns: [table.branchId, table.agencyId],
      foreignColumns: [agency.branchId, agency.id],
    }),
    index('service_by_agency').on(table.branchId, table.agencyId),
    check('service_id_is_plain', id(table.id)),
    check('service_prefix_letters', sql`${table.prefix} ~ '^[A-HJ-NPR-Z]{1,2}$'`),
    check('service_standard_is_sane', sql`${table.standardMinutes} between 1 and 1440`),
    check('service_fee_is_not_negative', sql`${table.fee} >= 0`),
    check('service_mobile_is_known_word', sql`${table.mobile} in ('yes', 'no', 'unknown')`),
    check('service_has_source', sql`${table.source} <> ''`),
  ],
);

export const priorityClass = pgTable(
  'priority_class',
  {
    branchId: branchId(),
    ...listed(),
    name: jsonb('name').$type<Texts>().notNull(),
    headStartMinutes: integer('head_start_minutes').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.branchId, table.id] }),
    check('priority_class_id_is_plain', id(table.id)),
    check('priority_class_head_start_is_sane', sql`${table.headStartMinutes} between 0 and 1440`),
  ],
);

/** That no two counters in use share a number is said by `counter_number_unique`, which drizzle cannot express: see migrations. */
export const counter = pgTable(
  'counter',
  {
    branchId: branchId(),
    ...listed(),
    number: integer('number').notNull(),
    area: jsonb('area').$type<Texts>(),
  },
  (table) => [
    primaryKey({ columns: [table.branchId, table.id] }),
    check('counter_id_is_plain', id(table.id)),
    check('counter_number_is_sane', sql`${table.number} between 1 and 999`),
  ],
);

/** A counter serves every service of these agencies, also those that come later. Links of the past are not kept. */
export const counterAgency = pgTable(
  'counter_agency',
  {
    branchId: text('branch_id').notNull(),
    counterId: text('counter_id').notNull(),
    agencyId: text('agency_id').notNull(),
    position: integer('position').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.branchId, table.counterId, table.agencyId] }),
    foreignKey({
      name: 'counter_agency_has_counter',
      columns: [table.branchId, table.counterId],
      foreignColumns: [counter.branchId, counter.id],
    }),
    foreignKey({
      name: 'counter_agency_has_agency',
      columns: [table.branchId, table.agencyId],
      foreignColumns: [agency.branchId, agency.id],
    }),
  ],
);

/** Single services that a counter serves besides its agencies. */
export const counterService = pgTable(
  'counter_service',
  {
    branchId: text('branch_id').notNull(),
    counterId: text('counter_id').notNull(),
    serviceId: text('service_id').notNull(),
    position: integer('position').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.branchId, table.counterId, table.serviceId] }),
    foreignKey({
      name: 'counter_service_has_counter',
      columns: [table.branchId, table.counterId],
      foreignColumns: [counter.branchId, counter.id],
    }),
    foreignKey({
      name: 'counter_service_has_service',
      columns: [table.branchId, table.serviceId],
      foreignColumns: [service.branchId, service.id],
    }),
  ],
);

/** Blueprints that were replaced, each by the next revision, so that one can be brought back. */
export const setupRevision = pgTable(
  'setup_revision',
  {
    branchId: branchId(),
    revision: integer('revision').notNull(),
    blueprint: jsonb('blueprint').$type<Blueprint>().notNull(),
    /** The account that replaced it; absent: a command on the server. */
    replacedBy: text('replaced_by'),
    replacedAt: timestamp('replaced_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [ofHallInScope(table.branchId), primaryKey({ columns: [table.branchId, table.revision] })],
);
