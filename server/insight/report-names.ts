import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { ReportBy } from '@antrean/shared/protocol/report.ts';
import type { InScope } from '../ledger/in-scope.ts';

interface Named {
  readonly id: string;
  readonly name: Record<string, string>;
}

/** How the keys are called, those that are retired, too. */
export const readNames = async (
  inScope: InScope,
  branchId: BranchId | null,
  by: ReportBy,
  scope: string | null,
): Promise<Map<string, { name?: Record<string, string>; number?: number }>> => {
  if (by === 'counter' && branchId !== null) {
    const counters = await inScope(
      scope,
      (sql) => sql<{ id: string; number: number }[]>`select id, number from counter where branch_id = ${branchId}`,
    );
    return new Map(counters.map(({ id, number }) => [id, { number }]));
  }
  if (by === 'branch') {
    const halls = await inScope(scope, (sql) => sql<Named[]>`select id, name from branch`);
    return new Map(halls.map(({ id, name }) => [id, { name }]));
  }
  const table = by === 'agency' || by === 'service' ? by : by === 'priority' ? 'priority_class' : null;
  if (!table) return new Map();
  // Halls that have the same thing call it the same, or this hall is asked about alone.
  const named = await inScope(
    scope,
    (sql) => sql<Named[]>`
      select distinct on (id) id, name from ${sql(table)} ${branchId === null ? sql`` : sql`where branch_id = ${branchId}`}
      order by id, retired_at is not null, branch_id`,
  );
  return new Map(named.map(({ id, name }) => [id, { name }]));
};
