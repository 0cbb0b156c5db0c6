import type { Violation } from '@antrean/shared/domain/check-ledger.ts';
import { startLedgerCheck } from '@antrean/shared/domain/check-ledger.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';
import { hashEvent } from '../ledger/hash-event.ts';
import { readHead } from '../ledger/read-head.ts';

interface LedgerRow {
  readonly version: number;
  readonly type: string;
  readonly at: number;
  readonly commandId: string;
  readonly actor: string;
  readonly data: string;
  readonly hash: string;
}

export interface ChainCheck {
  readonly events: number;
  readonly tickets: number;
  readonly findings: readonly Violation[];
}

const rowsPerPage = 5_000;

/** Reads a branch's whole ledger, page by page: every event against the hash chain (I6) and against the rules. */
export const checkChain = async (sql: Sql, branchId: BranchId): Promise<ChainCheck> => {
  const head = await readHead(sql, branchId);
  const check = startLedgerCheck(branchId);
  const findings: Violation[] = [];
  let [version, link, events, tickets] = [0, '', 0, 0];
  for (;;) {
    const rows = await readPage(sql, branchId, version, head.version);
    for (const row of rows) {
      link = hashEvent(link, row);
      if (link !== row.hash) {
        const message = `${branchId}, event ${row.version}: it is not what was committed; its hash does not fit`;
        findings.push({ invariant: 'I6', message, version: row.version });
        link = row.hash;
      }
      version = row.version;
      events += 1;
      tickets += Number(row.type === 'ticket.issued');
      check.take({ ...row, actor: JSON.parse(row.actor), data: JSON.parse(row.data) } as unknown as HallEvent);
    }
    if (rows.length < rowsPerPage) break;
  }
  if (version !== head.version || link !== head.hash) {
    const message = `${branchId}: the head says version ${head.version}, the ledger ends at ${version} or with another hash`;
    findings.push({ invariant: 'I6', message });
  }
  return { events, tickets, findings: [...findings, ...check.end()] };
};

const readPage = (sql: Sql, branchId: BranchId, after: number, upTo: number): Promise<LedgerRow[]> =>
  withinTimeout(sql<LedgerRow[]>`
    select version::float8 as version, type, (extract(epoch from at) * 1000)::float8 as at, command_id as "commandId",
      actor::text as actor, data::text as data, hash
    from ticket_event
    where branch_id = ${branchId} and version > ${after} and version <= ${upTo}
    order by version limit ${rowsPerPage}`);
