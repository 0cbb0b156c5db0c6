import { formatNumber, parseNumber } from '@antrean/shared/domain/numbers.ts';
import { waitingCount, waitingFor } from '@antrean/shared/domain/hall.ts';
import { expect, test } from 'vitest';
import { at, dataOf, kiosk, priorityId, serviceId, Story } from './story.ts';

const issue = { serviceId: serviceId('tax'), priority: null, channel: 'kiosk', language: null } as const;

test('[ISSUE-1] a visitor joins the line of the service with everything a screen needs to know', () => {
  const story = new Story().openDay();
  const events = story.tell('issue-ticket', { ...issue, priority: priorityId('elderly') }, at('09:00'), kiosk);
  const [event] = events;
  expect(dataOf(events, 'ticket.issued')).toEqual({
    ticketId: event?.commandId,
    number: 'A001',
    serial: 1,
    serviceId: 'tax',
    priority: 'elderly',
    channel: 'kiosk',
    language: 'id',
    ahead: 0,
  });
  expect(story.ticket(dataOf(events, 'ticket.issued').ticketId)).toEqual({
    id: event?.commandId,
    number: 'A001',
    serial: 1,
    serviceId: 'tax',
    issuedFor: 'tax',
    priority: 'elderly',
    channel: 'kiosk',
    language: 'id',
    status: 'waiting',
    issuedAt: at('09:00'),
    queuedAt: at('09:00'),
    counterId: null,
    calledAt: null,
    wasCalled: false,
    why: null,
    recalls: 0,
    startedAt: null,
    endedAt: null,
    left: null,
    legs: [],
    reservedFor: null,
    hold: null,
    postponed: 0,
    misses: 0,
    missed: null,
    note: null,
  });
  expect(waitingFor(story.hall, serviceId('tax')).map(({ number }) => number)).toEqual(['A001']);
});

test('[ISSUE-1] the language is the one asked for, else the first of the hall', () => {
  const story = new Story().openDay();
  const languageOf = (language: string | null) =>
    dataOf(story.tell('issue-ticket', { ...issue, language }, at('09:00'), kiosk), 'ticket.issued').language;
  expect([languageOf(null), languageOf('id'), languageOf('en')]).toEqual(['id', 'id', 'en']);
});

test('[ISSUE-2] a service, priority class or language that the hall does not have is refused by name', () => {
  const story = new Story().openDay();
  expect(story.refusal('issue-ticket', { ...issue, serviceId: serviceId('moon') }, at('09:00'))).toEqual({
    code: 'SERVICE_UNKNOWN',
    details: { serviceId: 'moon' },
  });
  expect(story.refusal('issue-ticket', { ...issue, priority: priorityId('king') }, at('09:00'))).toEqual({
    code: 'PRIORITY_UNKNOWN',
    details: { priority: 'king' },
  });
  expect(story.refusal('issue-ticket', { ...issue, language: 'fr' }, at('09:00'))).toEqual({
    code: 'LANGUAGE_UNKNOWN',
    details: { language: 'fr' },
  });
  expect(story.hall.tickets.size).toBe(0);
});

test('[ISSUE-3] a ticket says how many waited in its service before it, whatever their class', () => {
  const story = new Story().openDay().openCounter();
  const aheadOf = (service: string, priority: string | null = null) => {
    const data = { ...issue, serviceId: serviceId(service), priority: priority === null ? null : priorityId(priority) };
    return dataOf(story.tell('issue-ticket', data, at('09:00'), kiosk), 'ticket.issued').ahead;
  };
  expect([aheadOf('tax'), aheadOf('tax', 'elderly'), aheadOf('tax'), aheadOf('land')]).toEqual([0, 1, 2, 0]);
  expect(waitingCount(story.hall, serviceId('tax'))).toBe(3);
  story.callNext('c1', '09:01');
  expect(aheadOf('tax')).toBe(2);
});

test('[NUM-1] each prefix counts on by itself; services of one prefix share its numbers', () => {
  const story = new Story().openDay();
  const numbers = ['tax', 'land', 'birth', 'tax', 'land', 'birth'].map(
    (service) => story.issue(service, '09:00').number,
  );
  expect(numbers).toEqual(['A001', 'B001', 'B002', 'A002', 'B003', 'B004']);
  expect([...story.hall.tickets.values()].map(({ serial }) => serial).sort()).toEqual([1, 2, 3, 4, 5, 6]);
});

test('[NUM-1] the number of a ticket that left is not given again', () => {
  const story = new Story().openDay();
  const { id } = story.issue('tax', '09:00');
  story.tell('cancel-ticket', { ticketId: id }, at('09:01'));
  expect(story.issue('tax', '09:02').number).toBe('A002');
});

test.each([
  ['A', 1, 'A001'],
  ['A', 12, 'A012'],
  ['A', 999, 'A999'],
  ['A', 1000, 'A1000'],
  ['AB', 12_345, 'AB12345'],
])('[NUM-2] number %s %i is written %s and read back', (prefix, value, number) => {
  expect(formatNumber(prefix, value)).toBe(number);
  expect(parseNumber(number)).toEqual({ prefix, value });
});

test.each(['', '001', 'A', '12A'])('[NUM-2] %j is not a ticket number', (text) => {
  expect(() => parseNumber(text)).toThrow('not a ticket number');
});

test('[NUM-2] after A999 comes A1000, and nothing is given twice', () => {
  const story = new Story().openDay();
  const numbers = Array.from({ length: 1_002 }, () => story.issue('tax', '09:00').number);
  expect(numbers.slice(997)).toEqual(['A998', 'A999', 'A1000', 'A1001', 'A1002']);
  expect(new Set(numbers).size).toBe(1_002);
});

test('[NUM-3] numbers and serials begin at one with each business day', () => {
  const story = new Story().openDay();
  story.issue('tax', '09:00');
  story.issue('tax', '09:01');
  story.tell('close-day', {}, at('16:00'));
  story.openDay('20:00', '2026-08-19');
  expect(story.issue('tax', '21:00')).toMatchObject({ number: 'A001', serial: 1 });
});
