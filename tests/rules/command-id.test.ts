import { newCommandId } from '@antrean/shared/client/command-id.ts';
import { expect, test, vi } from 'vitest';

test('[SAME-1] a command id is a version 7 UUID of this moment, and no two are the same', () => {
  vi.useFakeTimers({ now: Date.parse('2026-08-18T08:00:00.123Z'), toFake: ['Date'] });
  const ids = Array.from({ length: 10_000 }, newCommandId);
  vi.useRealTimers();
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(ids.length);
  const instants = new Set(ids.map((id) => parseInt(id.replace('-', '').slice(0, 12), 16)));
  expect([...instants]).toEqual([Date.parse('2026-08-18T08:00:00.123Z')]);
});

test('[SAME-1] a later command id sorts behind an earlier one', () => {
  vi.useFakeTimers({ now: 1_000, toFake: ['Date'] });
  const earlier = newCommandId();
  vi.setSystemTime(Date.parse('2026-08-18T08:00:00Z'));
  const now = newCommandId();
  vi.setSystemTime(Date.parse('9999-12-31T00:00:00Z'));
  const later = newCommandId();
  vi.useRealTimers();
  expect([later, now, earlier].sort()).toEqual([earlier, now, later]);
});
