import type { AlertFacts, StandingAlert } from '@antrean/shared/domain/alerts.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { lines, type Sql, withinTimeout } from '../ledger/connect-postgres.ts';

/** What Postgres knows of the alerts of some halls, at one instant. */
export interface ReadFacts {
  /** By the database's clock, epoch ms. */
  readonly at: number;
  readonly standing: readonly (StandingAlert & { readonly branchId: BranchId })[];
  readonly devices: readonly (AlertFacts['devices'][number] & { readonly branchId: BranchId })[];
}

/** Throws what Postgres throws. @param withDevices the halls whose devices are asked for */
export const readFacts = async (
  sql: Sql,
  branchIds: readonly BranchId[],
  withDevices: readonly BranchId[],
): Promise<ReadFacts> => {
  const [facts] = await withinTimeout(sql<ReadFacts[]>`
    select (extract(epoch from now()) * 1000)::bigint::float8 as at,
      (select coalesce(json_agg(json_build_object(
          'branchId', branch_id, 'kind', kind, 'subject', subject, 'worst', worst)), '[]')
        from alert
        where resolved_at is null and branch_id = any (string_to_array(${lines(branchIds)}, chr(10)))) as standing,
      (select coalesce(json_agg(json_build_object('branchId', branch_id, 'id', id,
          'heardAt', (extract(epoch from coalesce(seen_at, approved_at)) * 1000)::bigint)), '[]')
        from device
        where revoked_at is null and kind <> 'printer'
          and branch_id = any (string_to_array(${lines(withDevices)}, chr(10)))) as devices`);
  return facts!;
};
