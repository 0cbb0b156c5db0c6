import type { Principal } from '@antrean/shared/domain/permissions.ts';
import type { AuditEntry } from '@antrean/shared/protocol/audit.ts';
import type { InScope } from '../ledger/in-scope.ts';

/** What is looked for; absent: everything. */
export interface AuditFilter {
  /** Only entries with a smaller number. */
  readonly before?: number;
  readonly action?: string;
  readonly by?: string;
  readonly subject?: string;
  /** The first instant, epoch ms. */
  readonly from?: number;
  /** The first instant after, epoch ms. */
  readonly to?: number;
}

/** Entries as text too, which is what their hash is over. */
export type HashedEntry = AuditEntry & { readonly text: string };

/** The entries that somebody may read, the latest first: those of the branch and agency their account is for. */
export const readEntries = (
  inScope: InScope,
  { branchId, agencyId }: Pick<Principal, 'branchId' | 'agencyId'>,
  { before, action, by, subject, from, to }: AuditFilter,
  limit: number,
): Promise<HashedEntry[]> =>
  inScope(
    branchId,
    (sql) => sql<HashedEntry[]>`
    select seq::float8 as seq, (extract(epoch from at) * 1000)::bigint::float8 as at, action, role, by, address,
      branch_id as "branchId", agency_id as "agencyId", subject, before, after, hash, audit_entry_text(audit_entry) as text
    from audit_entry
    where (${branchId}::text is null or branch_id = ${branchId}) and (${agencyId}::text is null or agency_id = ${agencyId})
      and (${before ?? null}::bigint is null or seq < ${before ?? null})
      and (${action ?? null}::text is null or action = ${action ?? null})
      and (${by ?? null}::text is null or by = ${by ?? null})
      and (${subject ?? null}::text is null or subject = ${subject ?? null})
      and (${from ?? null}::float8 is null or at >= to_timestamp(${from ?? null}::float8 / 1000))
      and (${to ?? null}::float8 is null or at < to_timestamp(${to ?? null}::float8 / 1000))
    order by seq desc limit ${limit}`,
  );
