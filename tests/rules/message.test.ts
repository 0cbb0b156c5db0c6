import { nextTimerAt } from '@antrean/shared/domain/timers.ts';
import type { MessageEntry } from '@antrean/shared/protocol/screens.ts';
import { viewOf } from '@antrean/shared/views/audience.ts';
import { expect, test } from 'vitest';
import { at, Story, typesOf } from './story.ts';

const texts = { en: 'Please keep the left door free' };
const shown = (story: Story) => (viewOf('board', story.hall).get('message') as MessageEntry | undefined)?.texts;

test('[MESSAGE-1] a message is on the board at once, open or closed, and a new one takes its place', () => {
  const story = new Story().openDay();
  expect(shown(story)).toBeUndefined();
  story.tell('show-message', { texts, minutes: 30 }, at('09:00'));
  expect(shown(story)).toEqual(texts);
  story.tell('show-message', { texts: { en: 'Fire drill at ten' }, minutes: 60 }, at('09:10'));
  expect(shown(story)).toEqual({ en: 'Fire drill at ten' });
  expect(viewOf('floor', story.hall).get('message')).toEqual({
    texts: { en: 'Fire drill at ten' },
    until: at('10:10'),
  });
  story.tell('close-day', {}, at('09:20'));
  story.tell('show-message', { texts, minutes: 30 }, at('09:21'));
  expect(shown(story)).toEqual(texts);
});

test('[MESSAGE-1] a language that the hall has not, and a hall that never had a day, are refused', () => {
  const story = new Story();
  const refused = (said: Readonly<Record<string, string>>) =>
    story.refusal('show-message', { texts: said, minutes: 5 }, at('09:00'));
  expect(refused(texts).code).toBe('DAY_NOT_OPEN');
  story.openDay();
  expect(refused({ ...texts, tlh: 'nuqneH' })).toEqual({ code: 'LANGUAGE_UNKNOWN', details: { language: 'tlh' } });
  expect(story.hall.message).toBeNull();
});

test('[MESSAGE-2] it goes by itself when its time is over, in a closed hall, too', () => {
  const story = new Story().openDay();
  story.tell('show-message', { texts, minutes: 30 }, at('09:00'));
  expect(nextTimerAt(story.hall, story.setup)).toBe(at('09:30'));
  expect(story.refusal('run-timers', {}, at('09:29')).code).toBe('NOTHING_DUE');
  expect(typesOf(story.tell('run-timers', {}, at('09:30')))).toEqual(['message.hidden']);
  expect(shown(story)).toBeUndefined();

  story.tell('show-message', { texts, minutes: 30 }, at('15:00'));
  story.tell('close-day', {}, at('15:10'));
  expect(nextTimerAt(story.hall, story.setup)).toBe(at('15:30'));
  expect(typesOf(story.tell('run-timers', {}, at('15:31')))).toEqual(['message.hidden']);
});

test('[MESSAGE-2] it goes when it is taken off, and with the next business day', () => {
  const story = new Story().openDay();
  expect(story.refusal('hide-message', {}, at('09:00')).code).toBe('NO_MESSAGE');
  story.tell('show-message', { texts, minutes: 30 }, at('09:00'));
  expect(typesOf(story.tell('hide-message', {}, at('09:01')))).toEqual(['message.hidden']);
  expect(shown(story)).toBeUndefined();

  story.tell('show-message', { texts, minutes: 700 }, at('15:00'));
  story.tell('close-day', {}, at('15:10'));
  story.tell('open-day', { date: '2026-08-19' }, at('23:00'));
  expect(story.hall.message).toBeNull();
});
