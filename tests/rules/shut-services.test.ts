import { nextIssuing } from '@antrean/shared/domain/next-issuing.ts';
import { nextOpening } from '@antrean/shared/domain/next-opening.ts';
import { shutServices } from '@antrean/shared/domain/shut-services.ts';
import type { OpeningHours } from '@antrean/shared/domain/setup.ts';
import en from '@antrean/shared/locales/en.json' with { type: 'json' };
import { translator } from '@antrean/shared/locales/translate.ts';
import { sayAllShut, sayHallOpening, sayShut } from '@antrean/shared/views/say-shut.ts';
import { expect, test } from 'vitest';
import { at, minutes, serviceId, Story } from './story.ts';

/** The stories play on a Tuesday. */
const hours: OpeningHours = {
  week: {
    tuesday: { opens: '08:00', closes: '15:00', breaks: [{ from: '12:00', to: '13:00' }] },
    thursday: { opens: '09:00', closes: '15:00' },
  },
  exceptions: [{ name: { en: 'Holiday' }, from: '2026-08-25', to: '2026-08-27', week: {} }],
};
const zone = 'Asia/Jakarta';
const inHours = { issuesOnlyInHours: true };
const thursday = Date.parse('2026-08-20T09:00:00+07:00');

const shutAt = (story: Story, time: string) =>
  Object.fromEntries(shutServices(story.hall, story.setup, at(time)).map(({ id, ...rest }) => [id, rest]));

test('[HOURS-5] what is closed by the clock says when it opens: after the break, another day, after a holiday', () => {
  const thursdays = { hours: { week: { thursday: { opens: '10:00', closes: '12:00' } } } };
  const story = new Story(inHours, { hours, services: { tax: thursdays } }).openDay('06:00');

  const opensLate = Date.parse('2026-08-20T10:00:00+07:00');
  expect(shutAt(story, '10:00')).toEqual({ tax: { why: 'closed', opensAt: opensLate } });
  expect(shutAt(story, '12:30')).toMatchObject({
    tax: { opensAt: opensLate },
    land: { why: 'closed', opensAt: at('13:00') },
  });
  expect(shutAt(story, '13:00')).not.toHaveProperty('land');
  expect(shutAt(story, '15:00')).toMatchObject({ land: { why: 'closed', opensAt: thursday } });
  // Asked again from an earlier and from a later moment: what was found for another does not answer.
  const land = story.setup.services.get(serviceId('land'))!;
  expect(nextIssuing(story.setup, land, at('07:00'))).toBe(at('08:00'));
  // Over the holiday, on which neither Tuesday nor Thursday opens.
  expect(nextIssuing(story.setup, land, thursday + 1)).toBe(Date.parse('2026-09-01T08:00:00+07:00'));
});

test('[HOURS-5] what is never open within a month says no time', () => {
  const never = { hours: { week: { monday: { opens: '08:00', closes: '12:00' } } } };
  const story = new Story(inHours, { hours, services: { tax: never } }).openDay('06:00');
  expect(shutAt(story, '10:00')).toEqual({ tax: { why: 'closed' } });
});

test('[HOURS-5] what is full or out of numbers says so, and the next business day, in a hall without hours, too', () => {
  const services = { tax: { quota: 2 }, land: { prefix: 'Z', numbers: { from: 1, to: 1, step: 1 } } };
  for (const rules of [inHours, {}]) {
    const story = new Story(rules, { hours, services }).openDay('07:00');
    expect(shutAt(story, '09:00')).toEqual({});
    story.issue('tax', '09:00');
    story.issue('land', '09:00');
    expect(shutAt(story, '09:01')).toEqual({ land: { why: 'used-up', opensAt: thursday } });
    story.issue('tax', '09:02');
    expect(shutAt(story, '09:03')).toEqual({
      tax: { why: 'full', quota: 2, opensAt: thursday },
      land: { why: 'used-up', opensAt: thursday },
    });
  }
});

test('[HOURS-5] it is said in words: the day by its name, today by the time alone', () => {
  const say = translator('en', en);
  const now = at('10:00');
  const said = (shut: Omit<Parameters<typeof sayShut>[1], 'id'>) => sayShut(say, { id: 'tax', ...shut }, zone, now);
  expect(said({ why: 'closed', opensAt: at('13:00') })).toBe('Closed now. Opens: today, 13:00');
  expect(said({ why: 'closed', opensAt: thursday })).toBe('Closed now. Opens: Thursday, 20\u00a0August, 09:00');
  expect(said({ why: 'closed' })).toBe('Closed now.');
  // The clock has gone on and the server has not spoken yet.
  expect(said({ why: 'closed', opensAt: now - minutes(1) })).toBe('Closed now.');
  expect(said({ why: 'full', quota: 40, opensAt: thursday })).toBe(
    'All 40 numbers for today are taken. Next numbers: Thursday, 20\u00a0August, 09:00',
  );
  const closed = { id: 'land', why: 'closed', opensAt: at('13:00') } as const;
  expect(sayAllShut(say, [closed, { ...closed, id: 'birth', opensAt: thursday }], zone, now)).toBe(
    'Closed now. Next numbers: today, 13:00',
  );
  expect(sayAllShut(say, [closed, { id: 'tax', why: 'full', quota: 2 }], zone, now)).toBe(
    'No numbers now. Next numbers: today, 13:00',
  );
});

test('[HOURS-6] a closed hall opens where its hours begin next: today, another day, after a holiday, or nobody knows', () => {
  const opensAt = (story: Story, now: number) => nextOpening(story.hall, story.setup, now);
  const never = new Story({}, {});
  expect(opensAt(never, at('07:00'))).toBeNull();

  const story = new Story({}, { hours });
  expect(opensAt(story, at('03:00'))).toBe(at('08:00'));
  // Its hours run and nobody has opened it yet: it is about to be.
  expect(opensAt(story, at('12:30'))).toBe(at('08:00'));
  expect(opensAt(story, at('15:00'))).toBe(thursday);
  // Closed before its time: after the break it stays closed.
  story.openDay('07:00').tell('close-day', {}, at('11:00'));
  expect(opensAt(story, at('11:00'))).toBe(thursday);
  expect(opensAt(story, thursday + minutes(6 * 60))).toBe(Date.parse('2026-09-01T08:00:00+07:00'));

  const say = translator('en', en);
  expect(sayHallOpening(say, thursday, zone, at('11:00'))).toBe('Opens: Thursday, 20\u00a0August, 09:00');
  expect(sayHallOpening(say, undefined, zone, at('11:00'))).toBe('');
});
