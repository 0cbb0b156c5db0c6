import { randomBytes } from 'node:crypto';
import { Seal } from '@antrean/server/access/seal.ts';
import { expect, test } from 'vitest';

const keys = { old: randomBytes(32), new: randomBytes(32) };
const phone = '+62 812-3456-7890 · Əli';

test('what was sealed opens with the same key, for the same purpose only, and tells nothing', () => {
  const seal = new Seal([keys.old]);
  const sealed = seal.close(phone, 'contact');
  expect(seal.open(sealed, 'contact')).toBe(phone);
  expect(seal.open(sealed, 'second-factor')).toBeNull();
  expect(new Seal([keys.new]).open(sealed, 'contact')).toBeNull();
  expect(Buffer.from(sealed, 'base64url').includes('3456')).toBe(false);
  expect(seal.close(phone, 'contact')).not.toBe(sealed);
});

test('what was changed, cut off or made up opens to nothing', () => {
  const seal = new Seal([keys.old]);
  const bytes = Buffer.from(seal.close(phone, 'contact'), 'base64url');
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes);
    changed[at]! ^= 1;
    expect(seal.open(changed.toString('base64url'), 'contact')).toBeNull();
    expect(seal.open(bytes.subarray(0, at).toString('base64url'), 'contact')).toBeNull();
  }
  expect(seal.open('', 'contact')).toBeNull();
});

test('a new key seals while the old one still opens and still finds', () => {
  const before = new Seal([keys.old]);
  const after = new Seal([keys.new, keys.old]);
  expect(after.open(before.close(phone, 'contact'), 'contact')).toBe(phone);
  expect(before.open(after.close(phone, 'contact'), 'contact')).toBeNull();
  expect(after.codesOf(phone, 'contact')).toContain(before.codesOf(phone, 'contact')[0]);
  expect(after.codesOf(phone, 'contact')[0]).not.toBe(before.codesOf(phone, 'contact')[0]);
  expect(before.codesOf(phone, 'second-factor')[0]).not.toBe(before.codesOf(phone, 'contact')[0]);
});

test('a key that is too short is none', () => {
  expect(() => new Seal([randomBytes(31)])).toThrow(/32 bytes/);
  expect(() => new Seal([])).toThrow(/keys/);
});
