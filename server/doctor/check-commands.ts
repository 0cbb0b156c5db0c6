import type { Violation } from '@antrean/shared/domain/check-ledger.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { lines, type Sql, withinTimeout } from '../ledger/connect-postgres.ts';
import type { LedgerRow } from './read-ledger.ts';

/**
 * The commands of these rows took effect once in the whole ledger, and not once more on another day (I4). Asks the
 * database, since the ids of all commands that there ever were do not fit into memory.
 */
export const checkCommands = async (
  sql: Sql,
  branchId: BranchId,
  rows: readonly LedgerRow[],
): Promise<readonly Violation[]> => {
  const ids = [...new Set(rows.map(({ commandId }) => commandId))];
  const [first] = rows;
  const twice = await withinTimeout(sql<{ id: string; first: number; last: number }[]>`
    select command_id as id, min(version)::float8 as first, max(version)::float8 as last
    from ticket_event
    where branch_id = ${branchId} and command_id = any(string_to_array(${lines(ids)}, chr(10))::uuid[])
    group by command_id having max(version) - min(version) + 1 > count(*)`);
  return twice
    .filter((command) => command.first >= (first?.version ?? 0))
    .map(({ id, first: version, last }) => ({
      invariant: 'I4',
      message: `${branchId}, event ${version}: command ${id} took effect there and once more up to event ${last}`,
      version,
    }));
};
