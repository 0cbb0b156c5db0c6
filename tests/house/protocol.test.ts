import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { protocolVersion, protocolVersions } from '@antrean/shared/protocol/version.ts';
import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { files, root } from './tree.ts';

/** Every schema that a file of the folder exports, by `file/name`. */
const schemas = async (): Promise<Record<string, unknown>> => {
  const found: Record<string, unknown> = {};
  for (const file of files.filter((name) => /^shared\/protocol\/(?!version\.)[^/]+\.ts$/.test(name)).sort()) {
    const exported = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exported)) {
      // `IsSchema` takes any object: what TypeBox made has a kind.
      if (Type.IsSchema(value) && '~kind' in value)
        found[`${file.slice('shared/protocol/'.length, -'.ts'.length)}/${name}`] = value;
    }
  }
  return found;
};

/** The same for the same rules, whatever the order of the keys and however they are explained. */
const hashOf = (described: unknown): string =>
  createHash('sha256')
    .update(
      JSON.stringify(described, (key, value: unknown) => {
        if (key === 'description') return undefined;
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
        return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
      }),
    )
    .digest('hex')
    .slice(0, 16);

test('a schema of the wire does not change without a new version of the protocol', async () => {
  const all = await schemas();
  expect(Object.keys(all).length).toBeGreaterThan(20);
  expect(
    protocolVersions[protocolVersion],
    `the schemas changed: add \`${protocolVersion + 1}: '${hashOf(all)}'\` to shared/protocol/version.ts`,
  ).toBe(hashOf(all));
  expect(new Set(Object.values(protocolVersions)).size).toBe(Object.keys(protocolVersions).length);
  expect(Object.keys(protocolVersions).map(Number)).toEqual(Object.keys(protocolVersions).map((_, index) => index + 1));
});

test('the hash notices a field, a bound and a name, and nothing else', () => {
  const schema = (maxLength: number) => ({ A: Type.Object({ a: Type.String({ maxLength, description: 'an a' }) }) });
  expect(hashOf(schema(3))).not.toBe(hashOf(schema(4)));
  expect(hashOf(schema(3))).not.toBe(hashOf({ B: schema(3).A }));
  expect(hashOf(schema(3))).not.toBe(hashOf({ A: Type.Object({ a: Type.Optional(Type.String({ maxLength: 3 })) }) }));
  expect(hashOf(schema(3))).toBe(hashOf({ A: Type.Object({ a: Type.String({ maxLength: 3 }) }) }));
});
