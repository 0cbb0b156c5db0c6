import { expect, test } from 'vitest';
import { agent, at, counterId, kiosk, Story, typesOf } from './story.ts';

const c1 = { counterId: counterId('c1') };

test('[DAY-2] a day is opened by an event of its own that names the date', () => {
  const story = new Story();
  expect(story.hall.day).toBeNull();
  const [opened] = story.tell('open-day', { date: '2026-08-18' }, at('07:30'));
  expect(opened).toMatchObject({ type: 'day.opened', data: { date: '2026-08-18' }, version: 1, at: at('07:30') });
  expect(story.hall.day).toEqual({ date: '2026-08-18', isOpen: true, openedVersion: 1 });
});

test('[DAY-2] an open day is not opened again, whatever date is named', () => {
  const story = new Story().openDay();
  for (const date of ['2026-08-17', '2026-08-18', '2026-08-19']) {
    expect(story.refusal('open-day', { date }, at('09:00'))).toEqual({
      code: 'DAY_ALREADY_OPEN',
      details: { date: '2026-08-18' },
    });
  }
});

test('[DAY-2] without an open day nobody is called, no counter opens and no ticket is issued', () => {
  const never = new Story();
  const closed = new Story().openDay();
  closed.tell('close-day', {}, at('16:00'));
  for (const story of [never, closed]) {
    const issue = { serviceId: 'tax' as never, priority: null, channel: 'kiosk', language: null } as const;
    const codes = [
      story.refusal('issue-ticket', issue, at('17:00'), kiosk),
      story.refusal('open-counter', { ...c1, agentId: 'adi' as never }, at('17:00')),
      story.refusal('call-next', c1, at('17:00')),
      story.refusal('call-ticket', { ...c1, ticketId: 'x' as never }, at('17:00')),
      story.refusal('close-day', {}, at('17:00')),
    ].map(({ code }) => code);
    expect(codes).toEqual(Array(5).fill('DAY_NOT_OPEN'));
  }
});

test('[DAY-3] a day that was closed may be opened again and goes on where it stopped', () => {
  const story = new Story().openDay();
  story.issue('tax', '09:00');
  story.tell('close-day', {}, at('12:00'));
  story.openDay('13:00');
  expect(story.hall.day).toEqual({ date: '2026-08-18', isOpen: true, openedVersion: 1 });
  expect(story.issue('tax', '13:01')).toMatchObject({ number: 'A002', serial: 2 });
  expect(story.hall.totals).toMatchObject({ issued: 2, cancelled: 1 });
});

test('[DAY-3] a date before the latest one is never opened', () => {
  const story = new Story().openDay();
  story.tell('close-day', {}, at('16:00'));
  expect(story.refusal('open-day', { date: '2026-08-17' }, at('17:00'))).toEqual({
    code: 'DAY_GOES_BACK',
    details: { date: '2026-08-17', latest: '2026-08-18' },
  });
});

test("[DAY-7] a day is opened a week ahead at the most, by the hall's own day", () => {
  const story = new Story();
  expect(story.refusal('open-day', { date: '2026-08-26' }, at('09:00'))).toEqual({
    code: 'DAY_AHEAD',
    details: { date: '2026-08-26', furthest: '2026-08-25' },
  });
  expect(story.refusal('open-day', { date: '2999-08-18' }, at('09:00')).code).toBe('DAY_AHEAD');
  // Half past three at night is still the day before.
  expect(story.refusal('open-day', { date: '2026-08-25' }, at('03:30')).details).toMatchObject({
    furthest: '2026-08-24',
  });
  story.openDay('04:00', '2026-08-25');
  expect(story.hall.day).toMatchObject({ date: '2026-08-25', isOpen: true });
});

test('[DAY-3] a later date begins anew: no tickets, numbers, calls or totals of the day before', () => {
  const story = new Story().openDay().openCounter();
  story.issue('tax', '09:00');
  story.issue('land', '09:00');
  story.callNext('c1', '09:01');
  story.tell('change-setup', { revision: 4 }, at('10:00'));
  story.tell('close-day', {}, at('16:00'));
  story.openDay('23:00', '2026-08-19');
  const { hall } = story;
  expect(hall.day).toEqual({ date: '2026-08-19', isOpen: true, openedVersion: story.events.at(-1)?.version });
  expect([hall.tickets.size, hall.waiting.size, hall.lines.size, hall.counters.size, hall.recentCalls.length]).toEqual(
    Array(5).fill(0),
  );
  expect(hall.totals).toEqual({ issued: 0, called: 0, done: 0, missed: 0, cancelled: 0, waitedMs: 0 });
  expect(hall.setupRevision).toBe(4);
  expect(story.issue('tax', '23:30')).toMatchObject({ number: 'A001', serial: 1 });
});

test('[DAY-4] closing ends every open ticket by its own event, in the order of issue, then every counter, then the day', () => {
  const story = new Story().openDay().openCounter('c1').openCounter('c2', 'budi').openCounter('c3', 'citra');
  const served = story.issue('tax', '09:00');
  const missed = story.issue('tax', '09:01');
  const called = story.issue('birth', '09:02');
  const waiting = story.issue('land', '09:03');
  story.callNext('c1', '09:10');
  story.tell('start', c1, at('09:11'));
  story.callNext('c2', '09:10');
  story.tell('miss', { counterId: counterId('c2') }, at('09:12'));
  story.tell('pause-counter', { counterId: counterId('c2'), reason: 'lunch' }, at('09:13'));
  story.callNext('c3', '09:20');

  const events = story.tell('close-day', {}, at('16:00'));
  expect(events.map(({ type, data }) => [type, data])).toEqual([
    ['ticket.finished', facts(served, { counterId: 'c1', outcome: 'day-closed' })],
    ['ticket.no-showed', facts(missed)],
    ['ticket.cancelled', facts(called, { reason: 'day-closed' })],
    ['ticket.cancelled', facts(waiting, { reason: 'day-closed' })],
    ['counter.closed', { counterId: 'c1' }],
    ['counter.closed', { counterId: 'c2' }],
    ['counter.closed', { counterId: 'c3' }],
    ['day.closed', { date: '2026-08-18' }],
  ]);
  expect(new Set(events.map(({ commandId }) => commandId)).size).toBe(1);
  expect([...story.hall.tickets.values()].map(({ status }) => status).sort()).toEqual([
    'cancelled',
    'cancelled',
    'done',
    'no-show',
  ]);
  expect(story.hall.day?.isOpen).toBe(false);
  expect(story.hall.counters.size).toBe(0);
  expect(story.hall.waiting.size).toBe(0);
});

test('[DAY-4] closing an empty day is one event', () => {
  const story = new Story().openDay();
  expect(typesOf(story.tell('close-day', {}, at('16:00'), agent('mira')))).toEqual(['day.closed']);
});

const facts = ({ id, number, serviceId }: { id: string; number: string; serviceId: string }, more: object = {}) => ({
  ticketId: id,
  number,
  serviceId,
  ...more,
});
