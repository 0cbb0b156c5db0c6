import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { lines, type Sql, withinTimeout } from './connect-postgres.ts';

/** Where a branch's ledger stands. */
export interface Head {
  readonly epoch: string;
  readonly version: number;
  readonly hash: string;
  readonly dayVersion: number;
}

/** The branch's head; the first reader of a new branch makes it. */
export const readHead = async (sql: Sql, branchId: BranchId): Promise<Head> => {
  const [head] = await withinTimeout(sql<Head[]>`
    with made as (
      insert into branch_head (branch_id) values (${branchId})
      on conflict (branch_id) do nothing
      returning epoch, version, hash, day_version
    )
    select epoch, version::float8 as version, hash, day_version::float8 as "dayVersion" from made
    union all
    select epoch, version::float8, hash, day_version::float8 from branch_head where branch_id = ${branchId}`);
  // Two nodes made it at once: the other one's row came too late for this statement's snapshot.
  return head ?? readHead(sql, branchId);
};

/**
 * The version of the event that opened the earliest day among the latest `events`; where none of them opened one, the
 * present day's.
 */
export const readDaysStart = async (sql: Sql, branchId: BranchId, events: number): Promise<number> => {
  const { version, dayVersion } = await readHead(sql, branchId);
  const [first] = await withinTimeout(sql<{ version: number }[]>`
    select version::float8 as version from ticket_event
    where branch_id = ${branchId} and version > ${version - events} and type = 'day.opened'
    order by version limit 1`);
  return first?.version ?? Math.max(1, dayVersion);
};

/** Waits until no statement holds the branch's head, which every commit does from its first to its last step. */
export const lockHead = async (sql: Sql, branchId: BranchId): Promise<void> =>
  void (await withinTimeout(sql`select from branch_head where branch_id = ${branchId} for update`));

/** The versions of several branches, to notice what another node did. */
export const readVersions = async (sql: Sql, branchIds: readonly BranchId[]): Promise<Map<BranchId, number>> => {
  const rows = await withinTimeout(sql<{ id: BranchId; version: number }[]>`
    select branch_id as id, version::float8 as version from branch_head
    where branch_id = any(string_to_array(${lines(branchIds)}, chr(10)))`);
  return new Map(rows.map(({ id, version }) => [id, version]));
};
