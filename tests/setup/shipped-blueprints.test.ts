import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { setupOfBlueprint } from '@antrean/shared/protocol/setup-of-blueprint.ts';
import { parseBlueprint } from '@antrean/server/setup/parse-blueprint.ts';
import { writeBlueprint } from '@antrean/server/setup/write-blueprint.ts';

const shipped = (name: string): string =>
  readFileSync(new URL(`../../server/setup/blueprints/${name}.yaml`, import.meta.url), 'utf8');

test.each([
  ['mpp-banyuwangi', { agencies: 24, services: 238, counters: 30, unproved: 121 }],
  ['asan', { agencies: 16, services: 152, counters: 26, unproved: 38 }],
])('%s is whole, canonical and keeps its sources', (name, counts) => {
  const text = shipped(name);
  const { blueprint, faults } = parseBlueprint(text);
  expect(faults).toBeUndefined();
  expect({
    agencies: blueprint!.agencies.length,
    services: blueprint!.services.length,
    counters: blueprint!.counters.length,
    unproved: blueprint!.services.filter(({ source }) => source === 'general knowledge').length,
  }).toEqual(counts);
  expect(writeBlueprint(blueprint!)).toBe(text);
});

test.each(['mpp-banyuwangi', 'asan'])('%s gives each agency a prefix of its own', (name) => {
  const { services } = parseBlueprint(shipped(name)).blueprint!;
  const agencies = new Map<string, Set<string>>();
  for (const { prefix, agency } of services) agencies.set(prefix, (agencies.get(prefix) ?? new Set()).add(agency));
  expect([...agencies.values()].every((sharing) => sharing.size === 1)).toBe(true);
});

test('a counter that serves an agency serves each of its services', () => {
  const { services, counters } = setupOfBlueprint(parseBlueprint(shipped('mpp-banyuwangi')).blueprint!);
  const civil = [...services.values()].filter(({ agencyId }) => agencyId === 'DUK').map(({ id }) => id);
  const first = [...counters.values()].find(({ number }) => number === 1)!;
  expect(civil).toHaveLength(24);
  expect([...first.serves]).toEqual(civil);
});
