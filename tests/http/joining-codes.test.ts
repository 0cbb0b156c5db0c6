import { randomBytes } from 'node:crypto';
import { Seal } from '@antrean/server/access/seal.ts';
import { JoiningCodes } from '@antrean/server/joining/joining-codes.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { expect, test } from 'vitest';

test('[JOIN-2] a code is that of its minute and the next, of its hall and its keys; two halls, days and keys differ', () => {
  const seal = new Seal([randomBytes(32)]);
  const codes = new JoiningCodes(seal);
  const [here, there] = ['plain', 'other'] as BranchId[];
  const now = Date.UTC(2026, 7, 18, 2, 0, 30);
  const { code, changesAt, goodUntil } = codes.codeOf(here!, now);
  expect(code).toMatch(/^[A-Za-z0-9_-]{16}$/);
  expect([changesAt, goodUntil]).toEqual([now + 30_000, now + 90_000]);
  expect(new JoiningCodes(seal).codeOf(here!, now + 29_999).code).toBe(code);
  expect(codes.codeOf(here!, changesAt).code).not.toBe(code);
  const isGood = (at: number, branchId = here!, given = code) => codes.isGood(branchId, given, at);
  expect([now, changesAt - 1, changesAt, goodUntil - 1].map((at) => isGood(at))).toEqual([true, true, true, true]);
  const day = 24 * 3_600_000;
  expect([now - 30_001, goodUntil, now + day, now - day].map((at) => isGood(at))).toEqual([false, false, false, false]);
  expect(isGood(now, there)).toBe(false);
  for (const wrong of ['', code.slice(1), `${code}A`, code.toLowerCase(), 'é'.repeat(8), `${code}\0`]) {
    expect(isGood(now, here, wrong), wrong).toBe(false);
  }
  const keys = [randomBytes(32), randomBytes(32)];
  const replaced = new JoiningCodes(new Seal(keys));
  const ofOld = new JoiningCodes(new Seal(keys.toReversed())).codeOf(here!, now).code;
  expect(ofOld).not.toBe(replaced.codeOf(here!, now).code);
  expect(replaced.isGood(here!, ofOld, now)).toBe(true);
  expect(replaced.isGood(here!, code, now)).toBe(false);
});
