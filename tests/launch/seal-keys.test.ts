import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSeal, readSeal, sealFile } from '@antrean/server/start-up/read-seal.ts';
import { readSettings } from '@antrean/server/start-up/settings.ts';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createTestDatabase } from '../harness/postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'antrean-seal-'));
let sql: postgres.Sql;
beforeAll(async () => {
  sql = postgres(await createTestDatabase(inject('postgresUrl')), { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await sql?.end({ timeout: 1 });
  rmSync(folder, { recursive: true });
});

const newKey = (): string => randomBytes(32).toString('base64');
const sealOf = (...keys: string[]) => readSeal(readSettings({ ANTREAN_SEAL_KEYS: keys.join(',') }), folder);

test('an installation makes its own key once, which nobody else can read', () => {
  const first = readSeal(readSettings({}), folder);
  expect(statSync(sealFile(folder)).mode & 0o777).toBe(0o600);
  expect(readSeal(readSettings({}), folder).fingerprints()).toEqual(first.fingerprints());
});

test('a key that is none, too short or a sample is refused, without saying it', () => {
  for (const wrong of [
    'secret',
    'YWJj',
    Buffer.alloc(32, 7).toString('base64'),
    `${newKey()},`,
    randomBytes(33).toString('base64'),
  ]) {
    expect(() => sealOf(wrong)).toThrow(/ANTREAN_SEAL_KEYS.*openssl rand -base64 32/);
    expect(() => sealOf(wrong)).not.toThrow(wrong);
  }
  const kept = readFileSync(sealFile(folder), 'utf8');
  writeFileSync(sealFile(folder), 'broken');
  expect(() => readSeal(readSettings({}), folder)).toThrow(/seal-keys/);
  writeFileSync(sealFile(folder), kept);
});

test('a node with other keys than its installation does not start; keys are replaced one after another', async () => {
  const [old, next, strange] = [newKey(), newKey(), newKey()];
  await checkSeal(sql, sealOf(old));
  await checkSeal(sql, sealOf(old));
  await expect(checkSeal(sql, sealOf(strange))).rejects.toThrow(/other keys than its installation/);
  // First every node learns to open with the new key, then to seal with it, then to forget the old one.
  await checkSeal(sql, sealOf(old, next));
  await checkSeal(sql, sealOf(next, old));
  await checkSeal(sql, sealOf(next));
  await expect(checkSeal(sql, sealOf(old))).rejects.toThrow(/other keys than its installation/);
});
