import { evolveAll } from '@antrean/shared/domain/evolve.ts';
import { emptyHall, plainOf } from '@antrean/shared/domain/hall.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { checkLedger } from '@antrean/shared/domain/check-ledger.ts';
import type { OpeningHours, Service } from '@antrean/shared/domain/setup.ts';
import { expect, test } from 'vitest';
import { agent, at, counterId, dataOf, hallSetup, kiosk, manager, minutes, serviceId, Story } from './story.ts';

const issue = (service = 'tax', holder?: string) =>
  ({
    serviceId: serviceId(service),
    priority: null,
    channel: 'kiosk',
    language: null,
    ...(holder !== undefined && { holder }),
  }) as const;

/** The stories' day, 18 August 2026, is a Tuesday. */
const tuesday = (opens: string, closes: string, ...breaks: { from: string; to: string }[]): OpeningHours => ({
  week: { tuesday: { opens, closes, ...(breaks.length > 0 && { breaks }) } },
});
const eightToThree = tuesday('08:00', '15:00', { from: '12:00', to: '13:00' });
const inHours = { issuesOnlyInHours: true };

/** When a story's service says it issues again; `open` where it issues now. */
const opensAt = (story: Story, service: string, time: string, actor = kiosk): string | null => {
  const decision = story.ask('issue-ticket', issue(service), at(time), actor);
  if (decision.accepted) return 'open';
  const { code, details } = decision.refusal;
  expect([code, details.serviceId]).toEqual(['SERVICE_CLOSED_NOW', service]);
  return details.opensAt as string | null;
};

test.each([
  ['00:00', '08:00'],
  ['07:59', '08:00'],
  ['08:00', 'open'],
  ['11:59', 'open'],
  ['12:00', '13:00'],
  ['12:59', '13:00'],
  ['13:00', 'open'],
  ['14:59', 'open'],
  ['15:00', null],
  ['23:59', null],
])('[HOURS-1] at %s a hall with hours and a break issues, or says when it does: %s', (time, expected) => {
  expect(opensAt(new Story(inHours, { hours: eightToThree }).openDay('00:00'), 'tax', time)).toBe(expected);
});

test('[HOURS-1] a service with hours of its own is open when both are, and both breaks are breaks', () => {
  const services = {
    // Lunch an hour before the others; it begins before the hall does, and ends before it.
    tax: { hours: tuesday('07:00', '14:00', { from: '11:00', to: '12:00' }) },
    land: { hours: { week: { monday: { opens: '08:00', closes: '15:00' } } } },
  };
  const story = new Story(inHours, { hours: eightToThree, services }).openDay('06:00');
  const times = ['07:30', '08:00', '10:59', '11:00', '11:59', '12:30', '13:00', '13:59', '14:00'];
  expect(times.map((time) => opensAt(story, 'tax', time))).toEqual([
    '08:00',
    'open',
    'open',
    '13:00',
    '13:00',
    '13:00',
    'open',
    'open',
    null,
  ]);
  expect(times.map((time) => opensAt(story, 'land', time))).toEqual(times.map(() => null));
  expect(opensAt(story, 'birth', '14:30')).toBe('open');
});

test('[HOURS-1] dates with other hours hold for the hall and for the service: Friday prayer, Ramadan, a holiday', () => {
  const named = (from: string, to: string, week: OpeningHours['week']) => ({
    name: { en: 'other hours' },
    from,
    to,
    week,
  });
  const ramadan = { opens: '08:00', closes: '14:00' };
  const hours = {
    ...eightToThree,
    exceptions: [named('2026-08-01', '2026-08-31', { tuesday: ramadan }), named('2026-08-18', '2026-08-18', {})],
  };
  const during = { ...hours, exceptions: hours.exceptions.slice(0, 1) };
  const [holiday, fasting] = [hours, during].map((each) => new Story(inHours, { hours: each }).openDay('06:00'));
  expect(opensAt(holiday!, 'tax', '09:00')).toBeNull();
  expect(['12:30', '13:59', '14:00'].map((time) => opensAt(fasting!, 'tax', time))).toEqual(['open', 'open', null]);
  const services = { tax: { hours: { ...eightToThree, exceptions: [named('2026-08-18', '2026-08-18', {})] } } };
  const away = new Story(inHours, { hours: eightToThree, services }).openDay('06:00');
  expect([opensAt(away, 'tax', '09:00'), opensAt(away, 'land', '09:00')]).toEqual([null, 'open']);
});

test('[HOURS-1] hours are those of the zone: past midnight in UTC or there, the date is the one on its clocks', () => {
  const noon = { opens: '09:00', closes: '23:00' };
  const story = new Story(inHours, { hours: { week: { tuesday: noon } } }).openDay('04:00');
  // 17:30 UTC is already Wednesday in Jakarta.
  const asked = (instant: string) => story.ask('issue-ticket', issue(), Date.parse(instant), kiosk).accepted;
  expect(asked('2026-08-18T01:59:59.999Z')).toBe(false);
  expect(asked('2026-08-18T02:00:00Z')).toBe(true);
  expect(asked('2026-08-18T15:59:59.999Z')).toBe(true);
  expect(asked('2026-08-18T16:00:00Z')).toBe(false);
  expect(asked('2026-08-18T17:30:00Z')).toBe(false);
  expect(asked('2026-08-19T02:30:00Z')).toBe(false);
  expect(asked('2026-08-25T02:00:00Z')).toBe(true);
});

test('[HOURS-1] where the hall does not ask for it, tickets are issued as long as the day is open', () => {
  const story = new Story({}, { hours: eightToThree, services: { tax: { hours: tuesday('09:00', '10:00') } } });
  story.openDay('00:00');
  expect(['03:00', '12:30', '23:00'].map((time) => opensAt(story, 'tax', time))).toEqual(['open', 'open', 'open']);
});

test('[HOURS-1] a set-up that changes during the day holds at once', () => {
  const story = new Story(inHours, { hours: eightToThree }).openDay('06:00');
  expect(opensAt(story, 'tax', '14:30')).toBe('open');
  Object.assign(story, { setup: hallSetup(inHours, { hours: tuesday('08:00', '14:00') }) });
  expect(opensAt(story, 'tax', '14:30')).toBeNull();
});

test('[HOURS-2] a service stops before closing as it says itself, else as the hall says, and not before a break', () => {
  const services = { tax: { stopBeforeClosingMs: minutes(60) }, land: { stopBeforeClosingMs: 0 } };
  const rules = { ...inHours, stopBeforeClosingMs: minutes(30) };
  const story = new Story(rules, { hours: eightToThree, services }).openDay('06:00');
  expect(['11:59', '13:59', '14:00'].map((time) => opensAt(story, 'tax', time))).toEqual(['open', 'open', null]);
  expect(['14:29', '14:30'].map((time) => opensAt(story, 'birth', time))).toEqual(['open', null]);
  expect(['14:59', '15:00'].map((time) => opensAt(story, 'land', time))).toEqual(['open', null]);
  const early = new Story(rules, { hours: eightToThree, services: { tax: { stopBeforeClosingMs: minutes(150) } } });
  early.openDay('06:00');
  // Over the break: what is left of the afternoon is too short for anybody new.
  expect(['11:59', '12:00', '12:30'].map((time) => opensAt(early, 'tax', time))).toEqual(['open', null, null]);
});

test('[HOURS-3] a manager lets in whom they want on an open day; an agent does not', () => {
  const story = new Story(inHours, { hours: eightToThree, services: { tax: { quota: 1 } } });
  expect(story.refusal('issue-ticket', issue(), at('16:00'), manager).code).toBe('DAY_NOT_OPEN');
  story.openDay('08:00');
  expect(opensAt(story, 'tax', '16:00', manager)).toBe('open');
  expect(opensAt(story, 'tax', '16:00', { ...manager, kind: 'administrator' } as typeof manager)).toBe('open');
  expect(opensAt(story, 'tax', '16:00', agent('adi'))).toBeNull();
  story.tell('issue-ticket', issue(), at('16:00'), manager);
  expect(story.refusal('issue-ticket', issue(), at('16:00'), manager).code).toBe('SERVICE_FULL');
});

test('[HOURS-4] a clock that steps back neither opens what has closed nor changes the order', () => {
  const story = new Story(inHours, { hours: eightToThree }).openDay('06:00').openCounter();
  const early = story.issue('tax', '14:58');
  const late = story.issue('tax', '14:57');
  expect([late.queuedAt, late.serial]).toEqual([early.queuedAt, 2]);
  story.openCounter('c2', 'budi', '15:10');
  expect(opensAt(story, 'tax', '14:00')).toBeNull();
  expect(story.callNext('c1', '14:30').number).toBe('A001');
  expect(story.callNext('c2', '14:31').number).toBe('A002');
});

test('[ISSUE-4] a service issues its quota and no more, others go on, and a new day begins anew', () => {
  const story = new Story({}, { services: { tax: { quota: 2 } } }).openDay();
  story.issue('tax', '09:00');
  story.issue('tax', '09:00');
  expect(story.refusal('issue-ticket', issue(), at('09:01'))).toEqual({
    code: 'SERVICE_FULL',
    details: { serviceId: 'tax', quota: 2 },
  });
  expect(story.issue('land', '09:01').number).toBe('B001');
  story.tell('close-day', {}, at('16:00'));
  story.openDay('20:00', '2026-08-19');
  expect(story.issue('tax', '21:00').number).toBe('A001');
});

test('[ISSUE-4] only a ticket cancelled before it was called gives its place back', () => {
  const story = new Story({}, { services: { tax: { quota: 3 } } }).openDay().openCounter();
  const [first, second, third] = ['09:00', '09:01', '09:02'].map((time) => story.issue('tax', time));
  const isFull = () => !story.ask('issue-ticket', issue(), at('10:00')).accepted;
  story.callNext('c1', '09:03');
  story.tell('miss', { counterId: counterId('c1') }, at('09:04'));
  story.tell('cancel-ticket', { ticketId: first!.id }, at('09:05'));
  expect(isFull()).toBe(true);
  story.callNext('c1', '09:06');
  story.tell('cancel-ticket', { ticketId: second!.id }, at('09:07'));
  expect(isFull()).toBe(true);
  story.tell('cancel-ticket', { ticketId: third!.id }, at('09:08'));
  expect(isFull()).toBe(false);
  story.issue('tax', '09:09');
  expect(isFull()).toBe(true);
});

test('[JOIN-4] one open ticket a phone, whatever it is for, until it has ended; also one taken back is open', () => {
  const story = new Story({}, { services: { tax: { onePerHolder: true } } });
  story.openDay().openCounter();
  const by = (takenWith: string, service = 'birth', holder?: string) => ({ ...issue(service, holder), takenWith });
  const take = (asked: ReturnType<typeof by>, time: string) =>
    dataOf(story.tell('issue-ticket', asked, at(time), kiosk), 'ticket.issued');
  const first = take(by('ab', 'tax', 'x'), '09:00');
  expect(first).toMatchObject({ takenWith: 'ab', holder: 'x' });
  const again = (service = 'birth') => story.refusal('issue-ticket', by('ab', service), at('10:00'));
  const refused = { code: 'PHONE_HAS_TICKET', details: { number: first.number } };
  expect([again(), again('land'), again('tax')]).toEqual([refused, refused, refused]);
  // Other phones, also one whose code begins alike, and whoever came to the kiosk.
  expect(take(by('abc'), '09:01').number).not.toBe(first.number);
  expect(dataOf(story.tell('issue-ticket', issue('birth'), at('09:01'), kiosk), 'ticket.issued')).not.toHaveProperty(
    'takenWith',
  );
  story.tell('call-ticket', { counterId: counterId('c1'), ticketId: first.ticketId }, at('09:02'));
  story.tell('miss', { counterId: counterId('c1') }, at('09:03'));
  expect(again()).toEqual(refused);
  story.tell('cancel-ticket', { ticketId: first.ticketId }, at('09:04'));
  expect(take(by('ab'), '09:05')).toMatchObject({ takenWith: 'ab' });
  expect(again().code).toBe('PHONE_HAS_TICKET');
});

test('[ISSUE-5] one open ticket a holder and service, until it has ended; who is not asked for is not noted', () => {
  const story = new Story({}, { services: { tax: { onePerHolder: true }, land: { onePerHolder: true } } });
  story.openDay().openCounter();
  expect(story.refusal('issue-ticket', issue('tax'), at('09:00'))).toEqual({
    code: 'HOLDER_NEEDED',
    details: { serviceId: 'tax' },
  });
  const take = (service: string, holder: string, time: string) =>
    dataOf(story.tell('issue-ticket', issue(service, holder), at(time), kiosk), 'ticket.issued');
  const first = take('tax', 'ab', '09:00');
  expect(first.holder).toBe('ab');
  const again = () => story.refusal('issue-ticket', issue('tax', 'ab'), at('10:00'));
  expect(again()).toEqual({ code: 'HOLDER_HAS_TICKET', details: { serviceId: 'tax' } });
  // Another service, and others, also one whose code begins alike.
  expect([take('land', 'ab', '09:01').number, take('tax', 'abc', '09:01').number]).toEqual(['B001', 'A002']);
  expect(take('birth', 'ab', '09:01')).not.toHaveProperty('holder');
  // Called, missed: still open.
  story.tell('call-ticket', { counterId: counterId('c1'), ticketId: first.ticketId }, at('09:02'));
  expect(again().code).toBe('HOLDER_HAS_TICKET');
  story.tell('miss', { counterId: counterId('c1') }, at('09:03'));
  expect(again().code).toBe('HOLDER_HAS_TICKET');
  story.tell('cancel-ticket', { ticketId: first.ticketId }, at('09:04'));
  expect(take('tax', 'ab', '09:05').number).toBe('A003');
});

test('[ISSUE-4] a ticket counts for the service it was issued for, wherever it is sent on', () => {
  const story = new Story({}, { services: { tax: { quota: 1 }, land: { quota: 1 } } }).openDay().openCounter();
  const { id } = story.issue('tax', '09:00');
  const to = { reservedFor: null, note: null, comesBack: false };
  story.tell('transfer-ticket', { ticketId: id, serviceId: serviceId('land'), ...to }, at('09:01'));
  expect(story.refusal('issue-ticket', issue('tax'), at('09:02')).code).toBe('SERVICE_FULL');
  const other = story.issue('land', '09:02');
  story.tell('cancel-ticket', { ticketId: id }, at('09:03'));
  story.issue('tax', '09:04');
  expect(story.refusal('issue-ticket', issue('land'), at('09:05')).code).toBe('SERVICE_FULL');
  // A call that was taken back is none; one that led on to the next service is.
  story.callNext('c1', '09:06');
  story.tell('undo', { counterId: counterId('c1') }, at('09:06'));
  story.tell('cancel-ticket', { ticketId: other.id }, at('09:07'));
  const again = story.issue('land', '09:08');
  story.tell('call-ticket', { counterId: counterId('c1'), ticketId: again.id, reason: 'in a hurry' }, at('09:09'));
  story.tell('transfer-ticket', { ticketId: again.id, serviceId: serviceId('birth'), ...to }, at('09:10'));
  story.tell('cancel-ticket', { ticketId: again.id }, at('09:11'));
  expect(story.refusal('issue-ticket', issue('land'), at('09:12')).code).toBe('SERVICE_FULL');
});

test('[ISSUE-5] a visit whose end was taken back, or that was sent on, is still the one', () => {
  const story = new Story({ confirmsArrival: false }, { services: { tax: { onePerHolder: true } } });
  story.openDay().openCounter();
  const c1 = { counterId: counterId('c1') };
  story.tell('issue-ticket', issue('tax', 'ab'), at('09:00'), kiosk);
  const { ticketId } = story.callNext('c1', '09:01');
  story.tell('finish', { ...c1, outcome: null }, at('09:02'));
  expect(story.ask('issue-ticket', issue('tax', 'ab'), at('09:02')).accepted).toBe(true);
  story.tell('undo', c1, at('09:02'));
  const again = () => story.refusal('issue-ticket', issue('tax', 'ab'), at('09:05')).code;
  expect(again()).toBe('HOLDER_HAS_TICKET');
  const to = { serviceId: serviceId('land'), reservedFor: null, note: null, comesBack: false };
  story.tell('transfer-ticket', { ticketId, ...to }, at('09:03'));
  expect(again()).toBe('HOLDER_HAS_TICKET');
});

test('[ISSUE-5] a visit that is done, and a day that is over, end the one ticket', () => {
  const story = new Story({ confirmsArrival: false }, { services: { tax: { onePerHolder: true } } });
  story.openDay().openCounter();
  const take = (time: string) => story.tell('issue-ticket', issue('tax', 'ab'), at(time), kiosk);
  take('09:00');
  story.callNext('c1', '09:01');
  story.tell('finish', { counterId: counterId('c1'), outcome: null }, at('09:02'));
  take('09:03');
  expect([...story.hall.holders.values()]).toHaveLength(1);
  story.tell('close-day', {}, at('09:04'));
  expect([...story.hall.holders.values()]).toEqual([]);
  story.openDay('09:05');
  take('09:06');
});

const ranges: [string, Partial<Service>, string[]][] = [
  ['a range', { numbers: { from: 100, to: 102, step: 1 } }, ['A100', 'A101', 'A102']],
  ['a step', { numbers: { from: 5, to: 30, step: 10 } }, ['A005', 'A015', 'A025']],
  ['a range of one', { numbers: { from: 7, to: 7, step: 1 } }, ['A007']],
  ['a step over the end', { numbers: { from: 1, to: 4, step: 9 } }, ['A001']],
];

test.each(ranges)('[NUM-4] %s gives its numbers and no more, and the ledger is sound', (_, tax, numbers) => {
  const story = new Story({}, { services: { tax } }).openDay();
  expect(numbers.map(() => story.issue('tax', '09:00').number)).toEqual(numbers);
  const { events } = story;
  expect(story.refusal('issue-ticket', issue(), at('09:01'))).toEqual({
    code: 'NUMBERS_USED_UP',
    details: { serviceId: 'tax', prefix: 'A', last: tax.numbers!.to },
  });
  expect(checkLedger('hall' as BranchId, events)).toEqual([]);
  const fewer = events.filter(({ type }) => type !== 'ticket.issued').length;
  if (numbers.length < 3) return;
  const without = [...events.slice(0, fewer), ...events.slice(fewer + 1)];
  const renumbered = without.map((event, index) => ({ ...event, version: index + 1 }));
  expect(checkLedger('hall' as BranchId, renumbered).map(({ invariant }) => invariant)).toContain('I3');
});

test('[NUM-4] services of one prefix share its range; a range that changes goes on after the last number given', () => {
  const numbers = { from: 10, to: 40, step: 10 };
  const story = new Story({}, { services: { land: { numbers }, birth: { numbers } } }).openDay();
  expect(['land', 'birth'].map((service) => story.issue(service, '09:00').number)).toEqual(['B010', 'B020']);
  const change = (next: Service['numbers']) =>
    Object.assign(story, { setup: hallSetup({}, { services: { land: { ...(next && { numbers: next }) } } }) });
  change({ from: 13, to: 90, step: 5 });
  expect(story.issue('land', '09:01').number).toBe('B023');
  change({ from: 500, to: 600, step: 1 });
  expect(story.issue('land', '09:02').number).toBe('B500');
  change(undefined);
  expect(story.issue('land', '09:03').number).toBe('B501');
  change({ from: 1, to: 99, step: 1 });
  expect(story.refusal('issue-ticket', issue('land'), at('09:04')).code).toBe('NUMBERS_USED_UP');
  expect(checkLedger('hall' as BranchId, story.events)).toEqual([]);
});

test('[REFUSE-1] whatever the service refuses changes nothing', () => {
  const services = {
    tax: { quota: 0, numbers: { from: 1, to: 1, step: 1 } },
    land: { onePerHolder: true },
    birth: { hours: { week: {} } },
  };
  const story = new Story(inHours, { hours: eightToThree, services }).openDay();
  const before = structuredClone(plainOf(story.hall));
  const codes = ['tax', 'land', 'birth'].map(
    (service) => story.refusal('issue-ticket', issue(service), at('09:00'), kiosk).code,
  );
  expect(codes).toEqual(['SERVICE_FULL', 'HOLDER_NEEDED', 'SERVICE_CLOSED_NOW']);
  expect(plainOf(story.hall)).toEqual(before);
  expect(plainOf(evolveAll(emptyHall('hall' as BranchId), story.events))).toEqual(before);
});
