import { hash } from 'node:crypto';
import type { SessionStore } from '@fastify/session';
import type { Me } from '@antrean/shared/protocol/access.ts';
import type { Session } from 'fastify';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';

/** A session that was read stays good for so long without asking again, ms: what ending a session may lag behind. */
const cacheMs = 2_000;
const cacheLimit = 10_000;

type StoredSession = { cookie: object; staff?: Me };

/** Staff sessions in Postgres, found by the hash of their id; each read brings the account as it stands now. */
export class StaffSessions implements SessionStore {
  readonly #sql: Sql;
  readonly #cache = new Map<string, { session: StoredSession | null; until: number }>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** The account of a session id; `null` when the session or the account has ended. */
  async read(sessionId: string): Promise<StoredSession | null> {
    const idHash = hashOf(sessionId);
    const cached = this.#cache.get(idHash);
    if (cached && cached.until > Date.now()) return cached.session;
    const [row] = await withinTimeout(this.#sql<(Me & { data: { cookie: object } })[]>`
      select staff.id, display_name as "displayName", role, branch_id as "branchId", staff_session.data
      from staff_session join staff on staff.id = staff_session.staff_id
      where id_hash = ${idHash} and expires_at > now() and disabled_at is null`);
    const session = row ? { ...row.data, staff: meOf(row) } : null;
    if (this.#cache.size >= cacheLimit) this.#cache.clear();
    this.#cache.set(idHash, { session, until: Date.now() + cacheMs });
    return session;
  }

  get(sessionId: string, callback: (error: unknown, session?: Session | null) => void): void {
    this.read(sessionId).then(
      (session) => callback(null, session as Session | null),
      (error: unknown) => callback(error),
    );
  }

  set(sessionId: string, session: Session, callback: (error?: unknown) => void): void {
    const { staff } = session;
    if (!staff) return callback();
    const idHash = hashOf(sessionId);
    const expiresAt = new Date(Date.now() + sessionMs);
    withinTimeout(this.#sql`
      insert into staff_session (id_hash, staff_id, data, expires_at)
      values (${idHash}, ${staff.id}, ${JSON.stringify({ cookie: session.cookie })}::text::json, ${expiresAt})
      on conflict (id_hash) do update set data = excluded.data`).then(
      () => {
        this.#cache.delete(idHash);
        callback();
      },
      (error: unknown) => callback(error),
    );
  }

  destroy(sessionId: string, callback: (error?: unknown) => void): void {
    const idHash = hashOf(sessionId);
    this.#cache.delete(idHash);
    withinTimeout(this.#sql`delete from staff_session where id_hash = ${idHash}`).then(
      () => callback(),
      (error: unknown) => callback(error),
    );
  }
}

/** However busy, a session ends after this, ms (S3). */
export const sessionMs = 12 * 60 * 60 * 1_000;

const hashOf = (sessionId: string): string => hash('sha256', sessionId, 'hex');

const meOf = ({ id, displayName, role, branchId }: Me): Me => ({ id, displayName, role, branchId });
