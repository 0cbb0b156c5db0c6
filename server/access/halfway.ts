import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Seal } from './seal.ts';

/** How long after the password the code may come, ms. */
const halfwayMs = 5 * 60_000;

interface Halfway {
  readonly id: string;
  /** Of the hash of the password: with another password, one is not halfway any more. */
  readonly of: string;
}

const halfwayOf = (id: string, passwordHash: string): Halfway => ({ id, of: hash('sha256', passwordHash, 'hex') });

/** What says that somebody knew the password: nothing can be done with it but to send a code. */
export const sealHalfway = (seal: Seal, id: string, passwordHash: string, now: number): string =>
  seal.closeUntil(halfwayOf(id, passwordHash), now + halfwayMs, 'half-session');

/** Whose it is; `null` when it is not ours, or too old. */
export const openHalfway = (seal: Seal, sealed: string, now: number): Halfway | null =>
  seal.openUntil(sealed, now, 'half-session');

export const isStillHalfway = (halfway: Halfway, passwordHash: string): boolean =>
  isDeepStrictEqual(halfway, halfwayOf(halfway.id, passwordHash));
