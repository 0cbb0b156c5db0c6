import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { smallHall } from './small-hall.ts';

const page = readFileSync(new URL('../../docs/blueprint.md', import.meta.url), 'utf8');

test('the example on the page is the hall that these tests import and export', () => {
  expect(page.split('```yaml\n')[1]!.split('```')[0]).toBe(smallHall);
});

test('the page and its example have every field of the schema', () => {
  for (const field of fieldsOf(Blueprint)) {
    expect(page, field).toContain(`\`${field}\``);
    expect(smallHall, field).toContain(`${field}:`);
  }
});

test('the page names every code of a fault', () => {
  const sources = [
    'shared/domain/blueprint-fault',
    'shared/protocol/schema-faults',
    'server/setup/blueprint-source',
  ].map((file) => readFileSync(new URL(`../../${file}.ts`, import.meta.url), 'utf8'));
  const codes = new Set(
    sources
      .join('')
      .match(/'[A-Z]+(_[A-Z]+)*'/g)
      ?.map((code) => code.slice(1, -1)),
  );
  expect(codes.size).toBeGreaterThan(25);
  for (const code of codes) expect(page).toContain(`\`${code}\``);
});

/** The names of all properties in a schema, at any depth; monday stands for all weekdays. */
const fieldsOf = (schema: unknown): string[] => {
  if (typeof schema !== 'object' || schema === null) return [];
  const properties = 'properties' in schema ? Object.keys(schema.properties as object) : [];
  return [...properties, ...Object.values(schema).flatMap(fieldsOf)].filter(
    (name) => !['tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].includes(name),
  );
};
