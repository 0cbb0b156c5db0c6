import { setImmediate as nextTurn } from 'node:timers/promises';
import { startPastFold } from '@antrean/shared/domain/fold-past.ts';
import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { type DayOutline, startOutline } from '@antrean/shared/domain/outline-day.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';
import { findDay, readDay } from './read-day.ts';

/** A business day of a hall. */
export interface AskedDay {
  readonly branchId: BranchId;
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** When it is over for good, epoch ms. */
  readonly endsAt: number;
}

/** The latest business days on which tickets were issued, one look into the index each. @param before `YYYY-MM-DD` */
export const listDays = async (
  sql: Sql,
  branchId: BranchId,
  before: string | null,
  limit: number,
): Promise<string[]> => {
  const rows = await withinTimeout(sql<{ day: string }[]>`
    with recursive days as (
      (select business_day as day from ticket
       where branch_id = ${branchId} and (${before}::date is null or business_day < ${before}::date)
       order by business_day desc limit 1)
      union all
      select (select earlier.business_day from ticket earlier
              where earlier.branch_id = ${branchId} and earlier.business_day < days.day
              order by earlier.business_day desc limit 1)
      from days where days.day is not null
    )
    select day::text as day from days where day is not null limit ${limit}`);
  return rows.map(({ day }) => day);
};

/** How a day went, at a glance; `null` when no ticket was issued on it. Throws what Postgres throws. */
export const outlineDay = async (sql: Sql, { branchId, date, endsAt }: AskedDay): Promise<DayOutline | null> => {
  const opened = await findDay(sql, branchId, date);
  if (opened === null) return null;
  const outline = startOutline(branchId, opened, endsAt);
  for await (const events of readDay(sql, branchId, opened)) {
    if (!outline.take(events)) break;
    await nextTurn();
  }
  return outline.end();
};

export type PastAnswer =
  | { readonly kind: 'done'; readonly hall: Hall }
  /** No ticket was issued on it. */
  | { readonly kind: 'no-such-day' }
  /** The instant is before the day's first event. */
  | { readonly kind: 'too-early'; readonly from: number };

/**
 * A hall as it stood at an instant of a business day (PAST-1), folded from the ledger anew: 2,000 tickets take some tens of
 * milliseconds, and between two slices everybody else gets a turn. Throws what Postgres throws.
 *
 * @param at epoch ms
 */
export const readPast = async (
  sql: Sql,
  { branchId, date }: Pick<AskedDay, 'branchId' | 'date'>,
  at: number,
): Promise<PastAnswer> => {
  const opened = await findDay(sql, branchId, date);
  if (opened === null) return { kind: 'no-such-day' };
  const fold = startPastFold(branchId, opened, at);
  for await (const events of readDay(sql, branchId, opened)) {
    if (!fold.take(events)) break;
    await nextTurn();
  }
  const { hall, beganAt } = fold;
  return hall.version < opened ? { kind: 'too-early', from: beganAt ?? at } : { kind: 'done', hall };
};
