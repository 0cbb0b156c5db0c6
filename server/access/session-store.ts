import { hash } from 'node:crypto';
import type { SessionStore } from '@fastify/session';
import type { Me } from '@antrean/shared/protocol/access.ts';
import type { Session } from 'fastify';
import { type AuditNote, noteEntry } from '../audit/note-entry.ts';
import { lines, type Sql, withinTimeout } from '../ledger/connect-postgres.ts';
import { type FactorPolicy, factorOf } from './factor-policy.ts';
import { Lookups } from './lookups.ts';

/** What is done within this time is noted once. */
const noteEveryMs = 60_000;
const notedLimit = 10_000;

type StoredSession = { cookie: object; staff?: Me };

/** Staff sessions in Postgres, found by the hash of their id; each read brings the account as it stands now. */
export class StaffSessions implements SessionStore {
  readonly #sql: Sql;
  readonly #secondFactor: FactorPolicy;
  readonly #notedAt = new Map<string, number>();
  /** All consoles are looked after at once. */
  readonly #found = new Lookups((idHashes) => this.#find(idHashes));

  constructor(sql: Sql, secondFactor: FactorPolicy) {
    this.#sql = sql;
    this.#secondFactor = secondFactor;
  }

  /** The account of a session id; `null` when the session or the account has ended, or it was left alone too long. */
  read(sessionId: string): Promise<StoredSession | null> {
    return this.#found.read(hashOf(sessionId));
  }

  async #find(idHashes: readonly string[]): Promise<Map<string, StoredSession>> {
    const rows = await withinTimeout(this.#sql<(Me & { data: { cookie: object }; idHash: string })[]>`
      select staff.id, display_name as "displayName", role, branch_id as "branchId", agency_id as "agencyId",
        must_change_password as "mustChangePassword", ${factorOf(this.#sql, this.#secondFactor)} as "secondFactor",
        staff_session.data, id_hash as "idHash"
      from staff_session join staff on staff.id = staff_session.staff_id
      where id_hash = any(string_to_array(${lines(idHashes)}, chr(10))) and disabled_at is null
        and expires_at > now() and ${notIdle(this.#sql)}`);
    return new Map(rows.map((row) => [row.idHash, { ...row.data, staff: meOf(row) }]));
  }

  /** Its owner did something just now. */
  async note(sessionId: string): Promise<void> {
    const idHash = hashOf(sessionId);
    const now = Date.now();
    if (now - (this.#notedAt.get(idHash) ?? 0) < noteEveryMs) return;
    if (this.#notedAt.size >= notedLimit) this.#notedAt.clear();
    this.#notedAt.set(idHash, now);
    await withinTimeout(this.#sql`update staff_session set seen_at = now() where id_hash = ${idHash}`);
  }

  /** Whatever was known of sessions is asked anew: some have ended. */
  forget(): void {
    this.#found.forgetAll();
  }

  get(sessionId: string, callback: (error: unknown, session?: Session | null) => void): void {
    this.read(sessionId).then(
      (session) => callback(null, session as Session | null),
      (error: unknown) => callback(error),
    );
  }

  set(sessionId: string, session: Session, callback: (error?: unknown) => void): void {
    const { staff, begun } = session;
    if (!staff) return callback();
    const idHash = hashOf(sessionId);
    const data = JSON.stringify({ cookie: session.cookie });
    const { address = '', browser = '' } = begun ?? {};
    const { id, role, branchId, agencyId } = staff;
    const note = { action: 'session.begun', role, by: id, address, branchId, agencyId, subject: id } as const;
    // Whoever begins one clears away what they left behind.
    withinTimeout(this.#sql`
      with over as (delete from staff_session where staff_id = ${id} and expires_at < now()),
      kept as (
        insert into staff_session (id_hash, staff_id, data, expires_at, address, browser)
        values (${idHash}, ${id}, ${data}::text::json, now() + ${sessionMs} * interval '1 ms', ${address}, ${browser})
        on conflict (id_hash) do update set data = excluded.data
        returning xmax::text = '0' as is_new
      ),
      begun as (select from kept where is_new)
      ${noteEntry(this.#sql, 'begun', note)}`).then(
      () => {
        this.#found.forget(idHash);
        callback();
      },
      (error: unknown) => callback(error),
    );
  }

  /** Its owner signed out, and that is noted, once. Throws what Postgres throws. */
  async end(sessionId: string, note: AuditNote): Promise<void> {
    const idHash = hashOf(sessionId);
    await withinTimeout(this.#sql`
      with ended as (delete from staff_session where id_hash = ${idHash} returning id_hash)
      ${noteEntry(this.#sql, 'ended', note)}`);
    this.#found.forget(idHash);
  }

  destroy(sessionId: string, callback: (error?: unknown) => void): void {
    const idHash = hashOf(sessionId);
    this.#found.forget(idHash);
    withinTimeout(this.#sql`delete from staff_session where id_hash = ${idHash}`).then(
      () => callback(),
      (error: unknown) => callback(error),
    );
  }
}

/** However busy, a session ends after this, ms (S3). */
export const sessionMs = 12 * 60 * 60 * 1_000;
/** A session that nothing is done in ends after this, minutes (S3). */
export const idleMinutes = (role: Me['role']): number => (role === 'administrator' ? 15 : 30);

/** Whether the session of a row, joined with its account, is not left alone for too long. */
export const notIdle = (sql: Sql) => sql`
  seen_at > now() - (case role when 'administrator' then ${idleMinutes('administrator')}::float8
    else ${idleMinutes('agent')} end) * interval '1 minute'`;

/** What the ledger of sessions knows one by: its id itself is in nothing but its browser's cookie. */
export const hashOf = (sessionId: string): string => hash('sha256', sessionId, 'hex');

const meOf = ({ id, displayName, role, branchId, agencyId, mustChangePassword, secondFactor }: Me): Me => ({
  id,
  displayName,
  role,
  branchId,
  agencyId,
  mustChangePassword,
  secondFactor,
});
