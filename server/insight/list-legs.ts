import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { InScope } from '../ledger/in-scope.ts';
import { type AskedLegs, fromLegs } from './read-report.ts';

const legsPerRead = 2_000;

/** A leg as others get it: without who its visitor or its agent was, and by no id that leads to them. */
export interface ToldLeg {
  readonly day: string;
  readonly ticketId: string;
  readonly leg: number;
  readonly serviceId: string;
  readonly agencyId: string;
  readonly priorityId: string | null;
  readonly channel: string;
  readonly isBooked: boolean;
  /** Epoch ms. */
  readonly queuedAt: number;
  readonly calledAt: number | null;
  readonly endedAt: number | null;
  readonly rule: string | null;
  readonly counterId: string | null;
  readonly waitMs: number | null;
  readonly walkMs: number | null;
  readonly servedMs: number | null;
  readonly recalls: number;
  readonly misses: number;
  readonly rejoins: number;
  readonly ending: string | null;
  readonly outcome: string | null;
  /** Minutes. */
  readonly toldFrom: number | null;
  readonly toldTo: number | null;
}

/**
 * The legs that are asked for, day by day, some at a time: whoever reads slowly is waited for, and of a million no more are in
 * memory than of a thousand (REPORT-9). Throws what Postgres throws.
 *
 * @param scope the branch that the account is limited to; `null`: to none
 */
export const listLegs = async function* (
  inScope: InScope,
  branchId: BranchId,
  asked: AskedLegs,
  scope: string | null,
): AsyncGenerator<readonly ToldLeg[]> {
  let last: ToldLeg | undefined;
  for (;;) {
    const after = last;
    const legs: readonly ToldLeg[] = await inScope(
      scope,
      (sql) => sql<ToldLeg[]>`
        select l.business_day::text as day, l.ticket_id as "ticketId", l.leg, l.service_id as "serviceId",
          l.agency_id as "agencyId", l.priority_id as "priorityId", l.channel, l.is_booked as "isBooked",
          (extract(epoch from l.queued_at) * 1000)::float8 as "queuedAt",
          (extract(epoch from l.called_at) * 1000)::float8 as "calledAt",
          (extract(epoch from l.ended_at) * 1000)::float8 as "endedAt", l.rule, l.counter_id as "counterId",
          l.wait_ms as "waitMs", l.walk_ms as "walkMs", l.served_ms as "servedMs", l.recalls, l.misses, l.rejoins,
          l.ending, l.outcome, l.told_from as "toldFrom", l.told_to as "toldTo"
        ${fromLegs(sql, branchId, asked)}
          ${after ? sql`and (l.business_day, l.ticket_id, l.leg) > (${after.day}::date, ${after.ticketId}::uuid, ${after.leg}::int)` : sql``}
        order by l.business_day, l.ticket_id, l.leg
        limit ${legsPerRead}`,
    );
    if (legs.length > 0) yield legs;
    last = legs.at(-1);
    if (legs.length < legsPerRead) return;
  }
};
