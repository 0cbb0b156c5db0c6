import { createHmac, timingSafeEqual } from 'node:crypto';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { JoiningCodeView } from '@antrean/shared/protocol/joining.ts';
import type { Seal } from '../access/seal.ts';

/** How often the code changes, ms (S10). */
const minuteMs = 60_000;
/** 96 bits: nobody guesses one within its two minutes, and its picture has few enough squares to be read across a hall. */
const codeBytes = 12;

/**
 * Codes that only who is in the hall can know (JOIN-2): each is that of one hall and one minute by the database's clock,
 * under a key that is kept outside the database. Nothing is stored, and every node makes the same ones.
 */
export class JoiningCodes {
  readonly #keys: readonly Buffer[];

  constructor(seal: Seal) {
    this.#keys = seal.keysFor('joining code');
  }

  /** The code of the minute of an instant, epoch ms. */
  codeOf(branchId: BranchId, now: number): JoiningCodeView {
    const minute = Math.floor(now / minuteMs);
    return {
      at: now,
      code: codeText(this.#keys[0]!, branchId, minute),
      changesAt: (minute + 1) * minuteMs,
      goodUntil: (minute + 2) * minuteMs,
    };
  }

  /** Whether a code is that of this minute or the one before, also under a key that was replaced. How long it takes tells nothing. */
  isGood(branchId: BranchId, code: string, now: number): boolean {
    const minute = Math.floor(now / minuteMs);
    const good = this.#keys.flatMap((key) => [minute, minute - 1].map((each) => codeText(key, branchId, each)));
    const given = Buffer.from(code);
    return good.map((text) => isSame(Buffer.from(text), given)).includes(true);
  }
}

const codeText = (key: Buffer, branchId: BranchId, minute: number): string =>
  createHmac('sha256', key).update(`${branchId}\n${minute}`).digest().subarray(0, codeBytes).toString('base64url');

/** All codes are equally long: of one of another length only that is told. */
const isSame = (good: Buffer, given: Buffer): boolean => good.length === given.length && timingSafeEqual(good, given);
