import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';
import type { Seal } from './seal.ts';

/** How long somebody may take to set up the app, ms. */
const pendingMs = 15 * 60_000;

/** A second factor that no code has been right of yet. It is kept by its owner's page alone. */
export interface PendingFactor {
  readonly id: string;
  readonly secret: string;
  /** The one it takes the place of, as it is kept; `null`: there was none. */
  readonly replaces: string | null;
}

export const sealPending = (seal: Seal, pending: PendingFactor, now: number): string =>
  seal.closeUntil(pending, now + pendingMs, 'enrolment');

/** `null` when it is not this account's, or too old. */
export const openPending = (seal: Seal, sealed: string, id: string, now: number): PendingFactor | null => {
  const pending = seal.openUntil<PendingFactor>(sealed, now, 'enrolment');
  return pending?.id === id ? pending : null;
};

/** The secret of an account's second factor, as it is kept; `null` where there is none. */
export const readFactor = async (sql: Sql, id: string): Promise<string | null> => {
  const [row] = await withinTimeout(sql<{ secret: string }[]>`
    select secret from staff_second_factor where staff_id = ${id}`);
  return row?.secret ?? null;
};
