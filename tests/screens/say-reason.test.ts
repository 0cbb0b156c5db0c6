import type { CallReason } from '@antrean/shared/domain/call-reason.ts';
import az from '@antrean/shared/locales/az.json' with { type: 'json' };
import en from '@antrean/shared/locales/en.json' with { type: 'json' };
import id from '@antrean/shared/locales/id.json' with { type: 'json' };
import ru from '@antrean/shared/locales/ru.json' with { type: 'json' };
import { translator } from '@antrean/shared/locales/translate.ts';
import { sayReason } from '@antrean/shared/views/say-reason.ts';
import { expect, test } from 'vitest';

const minute = 60_000;
const zone = 'Asia/Baku';

/** Each reason with the figures that an agent must find in its words. */
const reasons: Readonly<Record<CallReason['rule'], [data: Omit<CallReason, 'rule' | 'waitedMs'>, figures: string[]]>> =
  {
    'longest-wait': [{}, []],
    'head-start': [{ headStartMs: 20 * minute }, ['20']],
    skill: [{ laterMs: 15 * minute }, ['15']],
    ratio: [{ ratio: { normal: 7, priority: 3 } }, ['7', '3']],
    'call-by': [{}, []],
    overflow: [{ afterMs: 25 * minute }, ['25']],
    chosen: [{ reason: 'wheelchair' }, ['wheelchair']],
  };

test.each(Object.entries({ en, id, az, ru }))(
  '[CALL-7] in %s every reason has words of its own and its figures',
  (language, catalogue) => {
    const say = translator(language, catalogue);
    const said = Object.entries(reasons).map(([rule, [data, figures]]) => {
      const text = sayReason(say, { rule: rule as CallReason['rule'], waitedMs: 61 * minute, ...data }, zone);
      for (const figure of figures) expect(text).toContain(figure);
      return text;
    });
    expect(new Set(said).size).toBe(said.length);
  },
);

test('[CALL-7] the words are those of the rule that chose', () => {
  const say = translator('en', en);
  expect(sayReason(say, { rule: 'ratio', waitedMs: 0, ratio: { normal: 2, priority: 1 } }, zone)).toBe(
    'turns at this counter: 2 without priority to 1 with priority',
  );
});

test.each(Object.entries({ en, id, az, ru }))(
  "[APPT-5] in %s a call from an appointment's hour says the hour, by the hall's clock, and the rule all the same",
  (language, catalogue) => {
    const say = translator(language, catalogue);
    const why: CallReason = { rule: 'head-start', waitedMs: 0, headStartMs: 20 * minute };
    for (const [instant, time] of [
      ['2026-08-18T10:00:00+04:00', '10:00'],
      ['2026-08-18T00:05:00+04:00', '00:05'],
    ] as const) {
      const text = sayReason(say, { ...why, bookedFor: Date.parse(instant) }, zone);
      expect(text).toContain(sayReason(say, why, zone));
      expect(text).toContain(time);
      expect(text).not.toMatch(/[{}]/);
    }
  },
);
