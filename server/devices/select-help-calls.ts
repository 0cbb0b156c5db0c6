import type { HelpCalls } from '@antrean/shared/protocol/help.ts';
import { lines, type Sql } from '../ledger/connect-postgres.ts';
import { callEndsAfterMinutes, openPlace } from './help-call.ts';

/** The calls for staff that stand in these halls, the longest first (HELP-1). */
export const selectHelpCalls = (sql: Sql, branchIds: readonly string[]) => sql<
  (HelpCalls['calls'][number] & { readonly branchId: string })[]
>`
  select help_call.branch_id as "branchId", place, name, area,
    (extract(epoch from called_at) * 1000)::bigint::float8 as "calledAt"
  from help_call left join device on device.id = place and device.branch_id = help_call.branch_id
  where help_call.branch_id = any (string_to_array(${lines(branchIds)}, chr(10))) and answered_at is null
    and called_at > now() - ${callEndsAfterMinutes} * interval '1 minute'
    and (place = ${openPlace} or device.id is not null and revoked_at is null)
  order by called_at, place`;
