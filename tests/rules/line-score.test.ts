import { lineScore } from '@antrean/server/live/line-score.ts';
import { comesBefore } from '@antrean/shared/domain/hall.ts';
import type { Ticket } from '@antrean/shared/domain/ticket.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { at, day, minutes } from './story.ts';

const hall = { day: { date: day, isOpen: true, openedVersion: 1 } };

test('[LIVE-1] scores order tickets as the hall does, to the last of a million that share an hour', () => {
  const anyTicket = fc.record({
    // Opened up to a week ahead, and left open for weeks.
    queuedAt: fc.oneof(
      fc.constantFrom(at('10:00'), at('10:00') + 1),
      fc.integer({ min: at('10:00') - minutes(1440 * 8), max: at('10:00') + minutes(1440 * 60) }),
    ),
    serial: fc.oneof(fc.constantFrom(1, 999, 1_000, 1_001, 9_999, 10_000), fc.integer({ min: 1, max: 999_999 })),
  });
  fc.assert(
    fc.property(anyTicket, anyTicket, (a, b) => {
      const isBefore = Number(lineScore(hall, a)) < Number(lineScore(hall, b));
      expect(isBefore).toBe(comesBefore(a as Ticket, b as Ticket));
      expect(Number.isSafeInteger(Number(lineScore(hall, a)))).toBe(true);
    }),
    { numRuns: 20_000 },
  );
});
