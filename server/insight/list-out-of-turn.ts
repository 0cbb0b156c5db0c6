import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { OutOfTurnView } from '@antrean/shared/protocol/report.ts';
import type { InScope } from '../ledger/in-scope.ts';
import { type AskedLegs, fromLegs } from './read-report.ts';

const picksAtOnce = 50;
/** So many events after a ticket's issue its calls are looked for: more than the busiest business day has. */
const eventsOfDayMost = 100_000;

type Row = OutOfTurnView['picks'][number] & { readonly ticketId: string; readonly leg: number };

/**
 * The legs whose first call was picked by hand, the latest first, with who did so and the reason that the ledger has
 * (REPORT-10): those that a report counts as out of turn. Throws what Postgres throws.
 *
 * @param after `next` of the answer that these follow
 * @param scope the branch that the account is limited to; `null`: to none
 */
export const listOutOfTurn = async (
  inScope: InScope,
  branchId: BranchId,
  asked: AskedLegs,
  after: string | undefined,
  scope: string | null,
): Promise<Pick<OutOfTurnView, 'picks' | 'next'>> => {
  const [at = '', ticketId = '', leg = ''] = after?.split('.') ?? [];
  const rows = await inScope(
    scope,
    (sql) => sql<Row[]>`
      with p as (
        select l.* ${fromLegs(sql, branchId, asked)} and l.rule = 'chosen'
          ${
            after === undefined
              ? sql``
              : sql`and (l.called_at, l.ticket_id, l.leg)
                  < (to_timestamp(${Number(at) / 1_000}::float8), ${ticketId}::uuid, ${Number(leg)}::int)`
          }
        order by l.called_at desc, l.ticket_id desc, l.leg desc
        limit ${picksAtOnce + 1}
      )
      select p.business_day::text as day, (extract(epoch from p.called_at) * 1000)::float8 as at, i.data->>'number' as number,
        p.service_id as "serviceId", c.data->>'counterId' as "counterId", c.actor->>'staffId' as "staffId",
        p.wait_ms as "waitedMs", passed.count as passed, c.data->'why'->>'reason' as reason, p.ticket_id as "ticketId", p.leg
      from p
        join ticket_event i on i.branch_id = p.branch_id and i.command_id = p.ticket_id and i.command_part = 0
        left join lateral (
          select e.data, e.actor from ticket_event e
          where e.branch_id = p.branch_id and e.version > i.version and e.version < i.version + ${eventsOfDayMost}
            and e.type = 'ticket.called' and e.at = p.called_at and e.data->>'ticketId' = p.ticket_id::text
          order by e.version limit 1
        ) c on true
        cross join lateral (
          select count(*)::int as count from visit_leg o
          where o.branch_id = p.branch_id and o.business_day = p.business_day and o.service_id = p.service_id
            and o.queued_at < p.queued_at and o.ticket_id <> p.ticket_id and o.ending is distinct from 'void'
            and (o.called_at is null or o.called_at > p.called_at) and (o.ended_at is null or o.ended_at > p.called_at)
        ) passed
      order by p.called_at desc, p.ticket_id desc, p.leg desc`,
  );
  const shown = rows.slice(0, picksAtOnce);
  const last = shown.at(-1);
  return {
    picks: shown.map(({ ticketId: _id, leg: _leg, ...pick }) => pick),
    next: rows.length > picksAtOnce && last ? `${last.at}.${last.ticketId}.${last.leg}` : null,
  };
};
