import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';
import type { Head } from '../ledger/read-head.ts';

/** A row of the ledger with everything that can be checked of it; `actor` and `data` to the letter. */
export interface LedgerRow {
  readonly version: number;
  readonly type: string;
  readonly at: number;
  readonly commandId: string;
  readonly commandPart: number;
  readonly actor: string;
  readonly data: string;
  readonly hash: string;
}

const rowsPerPage = 5_000;

/** A branch's whole ledger in order, page by page; a page may be empty, and the last one is. */
export const readLedger = async function* (sql: Sql, branchId: BranchId): AsyncGenerator<LedgerRow[]> {
  for (let after = 0; ;) {
    const rows = await withinTimeout(sql<LedgerRow[]>`
      select version::float8 as version, type, (extract(epoch from at) * 1000)::float8 as at,
        command_id as "commandId", command_part as "commandPart", actor::text as actor, data::text as data, hash
      from ticket_event
      where branch_id = ${branchId} and version > ${after}
      order by version limit ${rowsPerPage}`);
    yield rows;
    if (rows.length < rowsPerPage) return;
    after = rows.at(-1)!.version;
  }
};

/** Whatever stands in `data` and `actor`: in a damaged ledger it need not be what its type says. */
export const eventOf = ({ version, type, at, commandId, actor, data }: LedgerRow): HallEvent =>
  ({ version, type, at, commandId, actor: JSON.parse(actor), data: JSON.parse(data) ?? {} }) as HallEvent;

/** Where the ledger says that it stands; unlike `readHead` it makes no head where there is none. */
export const findHead = async (sql: Sql, branchId: BranchId): Promise<Head | undefined> => {
  const [head] = await withinTimeout(sql<Head[]>`
    select epoch, version::float8 as version, hash, day_version::float8 as "dayVersion"
    from branch_head where branch_id = ${branchId}`);
  return head;
};

/** The version of the last event that is committed, whatever the head says; 0 before the first. */
export const lastVersion = async (sql: Sql, branchId: BranchId): Promise<number> => {
  const [row] = await withinTimeout(sql<{ version: number }[]>`
    select coalesce(max(version), 0)::float8 as version from ticket_event where branch_id = ${branchId}`);
  return row?.version ?? 0;
};
