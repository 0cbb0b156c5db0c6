import { hash } from 'node:crypto';
import type { Violation } from '@antrean/shared/domain/check-ledger.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';

/** What was looked at of the audit trail, and what is wrong with it. */
export interface AuditExamination {
  readonly entries: number;
  readonly findings: readonly Violation[];
}

interface Entry {
  readonly seq: number;
  readonly text: string;
  readonly hash: string;
}

const entriesPerPage = 5_000;

/**
 * Every entry of the audit trail is there, and what it was when it was written: no gap in the numbers, and each hash fits
 * the entry and the hash before. That the latest entries are gone cannot be seen from the trail alone: whoever needs to
 * know keeps its file (`/v1/audit.jsonl`) elsewhere. Throws what Postgres throws.
 */
export const checkAudit = async (sql: Sql): Promise<AuditExamination> => {
  const findings: Violation[] = [];
  const say = (message: string): void => void findings.push({ invariant: 'audit', message });
  let last: Pick<Entry, 'seq' | 'hash'> = { seq: 0, hash: '' };
  let entries = 0;
  for (let isMore = true; isMore;) {
    const page = await readPage(sql, last.seq);
    for (const entry of page) {
      // A number twice cannot be: it is the table's primary key.
      if (entry.seq !== last.seq + 1) say(goneBetween(last.seq, entry.seq));
      else if (hash('sha256', last.hash + entry.text, 'hex') !== entry.hash) {
        say(
          `entry ${entry.seq} of the audit trail, or the one before it, is not what was written; its hash does not fit`,
        );
      }
      last = entry;
    }
    entries += page.length;
    isMore = page.length === entriesPerPage;
  }
  return { entries, findings };
};

const readPage = (sql: Sql, after: number): Promise<Entry[]> =>
  withinTimeout(sql<Entry[]>`
    select seq::float8 as seq, audit_entry_text(audit_entry) as text, hash
    from audit_entry where seq > ${after} order by seq limit ${entriesPerPage}`);

const goneBetween = (before: number, after: number): string => {
  const [from, to] = [before + 1, after - 1];
  return from === to
    ? `entry ${from} of the audit trail is gone`
    : `entries ${from} to ${to} of the audit trail are gone`;
};
