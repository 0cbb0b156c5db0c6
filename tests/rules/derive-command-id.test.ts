import { commandIdOf } from '@antrean/server/hall/derive-command-id.ts';
import { expect, test } from 'vitest';

test('[SAME-1] an id that follows from what is done is the same on every node and in every version', () => {
  const id = commandIdOf('open-day', 'mpp', '2026-08-18');
  // Pinned: nodes of two versions that run side by side must not open the same day under two ids.
  expect(id).toBe('ca5edf83-dd97-8220-84f0-380ef11813f7');
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(commandIdOf('open-day', 'mpp', '2026-08-18')).toBe(id);
});

test('[SAME-1] another act, hall or day is another command', () => {
  const ids = [
    commandIdOf('open-day', 'mpp', '2026-08-18'),
    commandIdOf('close-day', 'mpp', '2026-08-18'),
    commandIdOf('open-day', 'asan', '2026-08-18'),
    commandIdOf('open-day', 'mpp', '2026-08-19'),
    commandIdOf('change-setup', 'mpp', 1),
    commandIdOf('change-setup', 'mpp', 2),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});
