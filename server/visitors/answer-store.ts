import type { BranchId, TicketId } from '@antrean/shared/domain/ids.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';

/** Of which visit an answer is. */
export interface AnswerOf {
  readonly branchId: BranchId;
  readonly ticketId: TicketId;
  /** `YYYY-MM-DD` */
  readonly businessDay: string;
  /** That of its last leg. */
  readonly serviceId: string;
  /** When it is forgotten of which ticket it is, epoch ms. */
  readonly unlinkAfter: number;
}

export interface OwnAnswer {
  /** `null`: not given. */
  readonly stars: number | null;
  /** Of U1 to U9; `null`: not given. */
  readonly marks: readonly number[] | null;
}

/** Keeps the stars of a visit in place of those of before. Throws what Postgres throws. */
export const keepStars = async (sql: Sql, of: AnswerOf, stars: number): Promise<void> => {
  await withinTimeout(sql`
    insert into visit_answer (branch_id, ticket_id, business_day, service_id, unlink_after, stars)
    values (${of.branchId}, ${of.ticketId}, ${of.businessDay}, ${of.serviceId},
      to_timestamp(${of.unlinkAfter / 1_000}::float8), ${stars})
    on conflict (branch_id, ticket_id) do update set stars = excluded.stars, service_id = excluded.service_id`);
};

/** Keeps the marks of U1 to U9 in place of those of before. Throws what Postgres throws. */
export const keepMarks = async (sql: Sql, of: AnswerOf, marks: readonly number[]): Promise<void> => {
  await withinTimeout(sql`
    insert into visit_answer
      (branch_id, ticket_id, business_day, service_id, unlink_after, u1, u2, u3, u4, u5, u6, u7, u8, u9)
    select ${of.branchId}, ${of.ticketId}::uuid, ${of.businessDay}::date, ${of.serviceId},
      to_timestamp(${of.unlinkAfter / 1_000}::float8), m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8], m[9]
    from (select string_to_array(${marks.join(',')}, ',')::smallint[] as m) given
    on conflict (branch_id, ticket_id) do update set service_id = excluded.service_id,
      u1 = excluded.u1, u2 = excluded.u2, u3 = excluded.u3, u4 = excluded.u4, u5 = excluded.u5,
      u6 = excluded.u6, u7 = excluded.u7, u8 = excluded.u8, u9 = excluded.u9`);
};

/** What was said of a visit, for its own page. Throws what Postgres throws. */
export const ownAnswer = async (
  sql: Sql,
  { branchId, ticketId }: Pick<AnswerOf, 'branchId' | 'ticketId'>,
): Promise<OwnAnswer> => {
  const [row] = await withinTimeout(sql<{ stars: number | null; marks: string }[]>`
    select stars, concat_ws(',', u1, u2, u3, u4, u5, u6, u7, u8, u9) as marks
    from visit_answer where branch_id = ${branchId} and ticket_id = ${ticketId}`);
  if (!row) return { stars: null, marks: null };
  return { stars: row.stars, marks: row.marks === '' ? null : row.marks.split(',').map(Number) };
};
