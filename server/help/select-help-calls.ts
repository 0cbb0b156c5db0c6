import type { HelpCalls } from '@antrean/shared/protocol/help.ts';
import { lines, type Sql } from '../ledger/connect-postgres.ts';
import { callEndsAfterMinutes, comingMinutes, openPlace } from './help-call.ts';

/** The calls for staff and for colleagues that stand in these halls, the longest first (HELP-1, HELP-3). */
export const selectHelpCalls = (sql: Sql, branchIds: readonly string[]) => sql<
  (HelpCalls['calls'][number] & { readonly branchId: string })[]
>`
  select help_call.branch_id as "branchId", place, name, area,
    (extract(epoch from called_at) * 1000)::bigint::float8 as "calledAt",
    called_by as "calledBy", answered_by as "answeredBy"
  from help_call left join device on device.id = place and device.branch_id = help_call.branch_id
  where help_call.branch_id = any (string_to_array(${lines(branchIds)}, chr(10)))
    and called_at > now() - ${callEndsAfterMinutes} * interval '1 minute'
    and case
      when called_by is null then answered_at is null and (place = ${openPlace} or device.id is not null and revoked_at is null)
      else answered_at is null or answered_by <> called_by and answered_at > now() - ${comingMinutes} * interval '1 minute'
    end
  order by called_at, place`;
