import type { AuditAction } from '@antrean/shared/protocol/audit.ts';
import type { FastifyRequest } from 'fastify';
import { senderOf } from '../http/sender-of.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';

/** Who did it, and from where. */
export interface AuditBy {
  readonly role: string;
  readonly by: string | null;
  readonly address: string;
}

/** What is noted; the database adds number, instant and hash. */
export interface AuditNote extends AuditBy {
  readonly action: AuditAction;
  readonly branchId: string | null;
  readonly agencyId?: string | null;
  readonly subject: string;
  readonly before?: object;
  readonly after?: object;
}

/** Whoever sends a request. */
export const byRequest = (request: FastifyRequest): AuditBy => ({
  role: request.staff?.role ?? request.device?.kind ?? 'visitor',
  by: request.staff?.id ?? null,
  address: senderOf(request),
});

/** Whoever may run commands on the server itself. */
export const bySystem: AuditBy = { role: 'system', by: null, address: '' };

/**
 * The part of a statement that notes what another part of it does, once for each row of that: nothing is changed without
 * its entry, and nothing noted that was not done. Use it as `noted as (${noteEntry(sql, 'changed', …)})`.
 *
 * @param source name of the part whose rows say that something was done
 * @param after what only the statement itself knows of what is there now, as an expression of type `json`; absent: the note's
 */
export const noteEntry = (
  sql: Sql,
  source: string,
  note: AuditNote,
  after = sql`${jsonOf(note.after)}::text::json`,
) => sql`
  insert into audit_entry (action, role, by, address, branch_id, agency_id, subject, before, after)
  select ${note.action}, ${note.role}, ${note.by}, ${note.address}, ${note.branchId}, ${note.agencyId ?? null}, ${note.subject},
    ${jsonOf(note.before)}::text::json, ${after}
  from ${sql(source)}`;

/** Notes what changed nothing: somebody was refused, or looked at something. */
export const noteAlone = (sql: Sql, note: AuditNote): Promise<unknown> =>
  withinTimeout(sql`with done as (select) ${noteEntry(sql, 'done', note)}`);

const jsonOf = (value: object | undefined): string | null => (value === undefined ? null : JSON.stringify(value));
