import { checkIn as checkInPlace } from '@antrean/shared/domain/appointment.ts';
import { checkCall } from '@antrean/shared/domain/check-call.ts';
import { checkLedger } from '@antrean/shared/domain/check-ledger.ts';
import type { EventData, HallEvent } from '@antrean/shared/domain/events.ts';
import { evolveAll } from '@antrean/shared/domain/evolve.ts';
import { emptyHall, plainOf, standingBefore } from '@antrean/shared/domain/hall.ts';
import type { BranchId, CommandId } from '@antrean/shared/domain/ids.ts';
import { observationsOf } from '@antrean/shared/domain/observe-waits.ts';
import { pickNext } from '@antrean/shared/domain/pick-next.ts';
import type { HallRules } from '@antrean/shared/domain/setup.ts';
import type { Ticket } from '@antrean/shared/domain/ticket.ts';
import { answerOf } from '@antrean/shared/protocol/answer.ts';
import { viewOf } from '@antrean/shared/views/audience.ts';
import { expect, test } from 'vitest';
import {
  agent,
  at,
  counterId,
  dataOf,
  hallSetup,
  minutes,
  priorityId,
  serviceId,
  Story,
  type StorySetup,
} from './story.ts';

const appointments = { earlyMs: minutes(30), lateMs: minutes(10) };
const reception = agent('rani');

const storyOf = (rules: Partial<HallRules> = {}, setup: StorySetup = {}): Story =>
  new Story({ appointments, ...rules }, setup).openDay().openCounter();

const visitor = (bookedFor: number, service = 'tax', priority: string | null = null) => ({
  serviceId: serviceId(service),
  priority: priority === null ? null : priorityId(priority),
  channel: 'reception' as const,
  language: null,
  bookedFor,
});

/** Checks a visitor in at an instant. */
const checkInAt = (story: Story, now: number, bookedFor: number, ...of: [service?: string, priority?: string]) => {
  const [event] = story.tell('issue-ticket', visitor(bookedFor, ...of), now, reception);
  const issued = event as HallEvent & { data: EventData['ticket.issued'] };
  return { issued, ticket: story.ticket(issued.data.ticketId) };
};
const checkIn = (story: Story, time: string, hour: string, ...of: [service?: string, priority?: string]): Ticket =>
  checkInAt(story, at(time), at(hour), ...of).ticket;

const callAll = (story: Story, time: string): string[] =>
  [...story.hall.waiting.values()].map(() => {
    const { number } = story.callNext('c1', time);
    story.tell('miss', { counterId: counterId('c1') }, at(time));
    return number;
  });

test('[APPT-1] a visitor is checked in from so many minutes before the hour on, to the millisecond', () => {
  const story = storyOf();
  const hour = at('10:00');
  const early = story.refusal('issue-ticket', visitor(hour), at('09:30') - 1, reception);
  expect(early).toEqual({ code: 'CHECK_IN_TOO_EARLY', details: { from: '09:30', bookedFor: '10:00' } });
  expect(checkInAt(story, at('09:30'), hour).issued.data).toMatchObject({ bookedFor: hour, place: 'booked' });
});

test('[APPT-2] [APPT-3] until so many minutes after the hour it counts from there, a millisecond later from now on', () => {
  const story = storyOf();
  const hour = at('10:00');
  const inTime = checkInAt(story, at('10:10'), hour);
  const late = checkInAt(story, at('10:10') + 1, hour);
  expect(inTime.ticket).toMatchObject({ queuedAt: hour, bookedFor: hour, issuedAt: at('10:10') });
  expect(late.ticket).toMatchObject({ queuedAt: at('10:10') + 1, bookedFor: hour });
  const placeIn = ({ issued }: typeof late) => answerOf('x' as CommandId, [issued]).ticket?.place;
  expect([placeIn(inTime), placeIn(late)]).toEqual(['booked', 'walk-in']);
  story.callNext('c1', '10:20');
  story.tell('miss', { counterId: counterId('c1') }, at('10:20'));
  const { why } = story.callNext('c1', '10:20');
  expect(why).toEqual({ rule: 'longest-wait', waitedMs: minutes(10) - 1 });
});

test('[APPT-1] a hall without the rule takes no appointments, and one without an appointment is as before', () => {
  const story = new Story().openDay().openCounter();
  expect(story.refusal('issue-ticket', visitor(at('10:00')), at('10:00'), reception)).toEqual({
    code: 'NO_APPOINTMENTS',
    details: {},
  });
  const ticket = story.issue('tax', '10:00');
  expect(ticket).not.toHaveProperty('bookedFor');
  expect(story.events.at(-1)!.data).not.toHaveProperty('place');
});

test('[APPT-1] the hour lies on the open business day, which begins at four and not at midnight', () => {
  const story = storyOf({ appointments: { earlyMs: minutes(1440), lateMs: minutes(10) } });
  const dayStarts = at('04:00') + 24 * minutes(60);
  const before = (hour: number) => story.refusal('issue-ticket', visitor(hour), at('08:00'), reception);
  expect(before(dayStarts)).toEqual({ code: 'BOOKED_FOR_ANOTHER_DAY', details: { date: '2026-08-19' } });
  expect(before(at('04:00') - 1)).toEqual({ code: 'BOOKED_FOR_ANOTHER_DAY', details: { date: '2026-08-17' } });
  // Half an hour after midnight, and the last millisecond of the day.
  for (const hour of [at('00:30') + 24 * minutes(60), dayStarts - 1]) {
    expect(checkInAt(story, at('08:00'), hour).ticket.queuedAt).toBe(hour);
  }
});

test('[APPT-1] over midnight the window is the same; the refusal says the time by the clock', () => {
  const midnight = at('00:00') + 24 * minutes(60);
  const story = storyOf();
  const hour = midnight + minutes(10);
  const early = story.refusal('issue-ticket', visitor(hour), midnight - minutes(20) - 1, reception);
  expect(early.details).toEqual({ from: '23:40', bookedFor: '00:10' });
  expect(checkInAt(story, midnight - minutes(20), hour).ticket.queuedAt).toBe(hour);
  expect(checkInAt(story, midnight + minutes(20), hour).issued.data.place).toBe('booked');
});

test.each([
  // At two the clocks show three: that is when the window opens.
  ['2026-03-29', '2026-03-29T03:30:00+02:00', '2026-03-29T03:00:00+02:00', '03:00'],
  // At three the clocks show two again, in the middle of the window.
  ['2026-10-25', '2026-10-25T02:15:00+01:00', '2026-10-25T02:45:00+02:00', '02:45'],
])('[APPT-1] on %s the window is thirty minutes long, whatever the clocks do', (_, hour, from, clock) => {
  const story = new Story({ appointments }, { zone: 'Europe/Berlin' });
  const opens = Date.parse(hour) - 6 * minutes(60);
  story.tell('open-day', { date: hour.slice(0, 8) + String(Number(hour.slice(8, 10)) - 1) }, opens);
  const early = story.refusal('issue-ticket', visitor(Date.parse(hour)), Date.parse(from) - 1, reception);
  expect(early.details.from).toBe(clock);
  expect(checkInAt(story, Date.parse(from), Date.parse(hour)).ticket.queuedAt).toBe(Date.parse(hour));
});

test('[APPT-1] [DAY-1] where the clocks show the start of the day twice, the second is of the new day', () => {
  const setup = { ...hallSetup({ appointments }), zone: 'Europe/Berlin', dayStartsAt: '02:30' };
  const placeOn = (date: string, hour: string) => checkInPlace(setup, date, Date.parse(hour), Date.parse(hour));
  expect(placeOn('2026-10-24', '2026-10-25T02:15:00+02:00')).toBe('booked');
  expect(placeOn('2026-10-25', '2026-10-25T02:15:00+01:00')).toBe('booked');
  expect(placeOn('2026-10-24', '2026-10-25T02:15:00+01:00')).toMatchObject({
    refusal: { code: 'BOOKED_FOR_ANOTHER_DAY' },
  });
});

test('[APPT-1] quotas, holders and hours bind at check-in as for everybody', () => {
  const week = { tuesday: { opens: '09:00', closes: '12:00' } };
  const story = storyOf({ issuesOnlyInHours: true }, { hours: { week }, services: { tax: { quota: 1 } } });
  const codeAt = (time: string, hour: string) =>
    story.refusal('issue-ticket', visitor(at(hour)), at(time), reception).code;
  expect(codeAt('08:50', '09:10')).toBe('SERVICE_CLOSED_NOW');
  checkIn(story, '09:00', '09:10');
  expect(codeAt('09:00', '09:10')).toBe('SERVICE_FULL');
  const asked = storyOf({}, { services: { tax: { onePerHolder: true } } });
  expect(asked.refusal('issue-ticket', visitor(at('09:10')), at('09:00'), reception).code).toBe('HOLDER_NEEDED');
});

test('[APPT-2] it goes after every walk-in who came before its hour, and before those who came after it', () => {
  const story = storyOf();
  const booked = checkIn(story, '09:40', '10:00');
  const before = [story.issue('tax', '09:45'), story.issue('land', '09:59'), story.issue('tax', '10:00')];
  const after = [story.issue('birth', '10:01'), story.issue('tax', '10:02')];
  const lateButInTime = checkIn(story, '10:09', '09:59');
  const [first, second, third] = before.map(({ number }) => number);
  // At the very hour the earlier issue goes first (CALL-2).
  const order = [first, second, lateButInTime.number, booked.number, third, ...after.map(({ number }) => number)];
  expect(callAll(story, '10:12')).toEqual(order);
});

test('[APPT-2] nobody is kept waiting for an hour: before it, too, whoever is next is called', () => {
  const story = storyOf();
  checkIn(story, '09:35', '10:00');
  expect(story.callNext('c1', '09:36')).toMatchObject({
    number: 'A001',
    why: { rule: 'longest-wait', waitedMs: 0, bookedFor: at('10:00') },
  });
  expect(story.hall.totals.waitedMs).toBe(0);
});

test('[APPT-2] [CALL-3] the head start of its class comes on top', () => {
  const story = storyOf();
  const elderly = checkIn(story, '09:40', '10:00', 'tax', 'elderly');
  const earlier = story.issue('tax', '09:41');
  const later = checkIn(story, '09:42', '10:05');
  const called = story.callNext('c1', '09:50');
  expect(called).toMatchObject({
    number: elderly.number,
    why: { rule: 'head-start', headStartMs: minutes(20), bookedFor: at('10:00') },
  });
  story.tell('miss', { counterId: counterId('c1') }, at('09:50'));
  expect(callAll(story, '09:50')).toEqual([earlier.number, later.number]);
});

test('[APPT-2] [CALL-4] the call-by limit is reckoned from the hour', () => {
  const story = storyOf({ callByMs: minutes(40) });
  const booked = checkIn(story, '09:40', '10:00');
  const elderly = story.issue('tax', '10:15', 'elderly');
  const nextAt = (now: number) => pickNext(story.hall, story.setup, counterId('c1'), now);
  expect(nextAt(at('10:40'))).toMatchObject({ ticket: { id: elderly.id }, why: { rule: 'head-start' } });
  expect(nextAt(at('10:40') + 1)).toMatchObject({
    ticket: { id: booked.id },
    why: { rule: 'call-by', waitedMs: minutes(40) + 1, bookedFor: at('10:00') },
  });
});

test('[APPT-2] [CALL-10] a counter helps a booked visitor only from the hour on', () => {
  const story = new Story({ appointments }, { helpsAfter: { c2: { land: 5 } } }).openDay().openCounter('c2', 'budi');
  checkIn(story, '09:40', '10:00', 'land');
  const command = { counterId: counterId('c2') };
  expect(story.refusal('call-next', command, at('10:05') - 1).code).toBe('LINE_EMPTY');
  expect(story.callNext('c2', '10:05').why).toMatchObject({ rule: 'overflow', waitedMs: minutes(5) });
});

test('[APPT-2] [MISS-2] missed before the hour and back too late, a visitor gets no place before that hour', () => {
  const rejoin = { withinMs: minutes(1), times: 3, late: 'end-of-line' } as const;
  const story = storyOf({ rejoin });
  const { id } = checkIn(story, '09:35', '10:00');
  story.callNext('c1', '09:36');
  story.tell('miss', { counterId: counterId('c1') }, at('09:36'));
  story.tell('rejoin-ticket', { ticketId: id }, at('09:40'));
  expect(story.ticket(id).queuedAt).toBe(at('10:00'));
  const walkIn = story.issue('tax', '09:50');
  expect(story.callNext('c1', '09:55').ticketId).toBe(walkIn.id);
  story.tell('miss', { counterId: counterId('c1') }, at('09:55'));
  story.callNext('c1', '10:01');
  story.tell('miss', { counterId: counterId('c1') }, at('10:01'));
  story.tell('rejoin-ticket', { ticketId: id }, at('10:05'));
  expect(story.ticket(id).queuedAt).toBe(at('10:05'));
  // Its place counts from no hour any more.
  expect(story.callNext('c1', '10:06').why).toEqual({ rule: 'longest-wait', waitedMs: minutes(1) });
  expect(checkLedger('hall' as BranchId, story.events)).toEqual([]);
});

test('[APPT-2] [ISSUE-3] how many stand before it is counted by its hour, and a walk-in stands before later hours', () => {
  const story = storyOf();
  const aheadOf = () => dataOf(story.events.slice(-1), 'ticket.issued').ahead;
  story.issue('tax', '09:30');
  checkIn(story, '09:40', '10:10', 'tax', 'elderly');
  expect(aheadOf()).toBe(1);
  checkIn(story, '09:41', '10:00');
  expect(aheadOf()).toBe(1);
  const { id } = story.issue('tax', '09:42');
  expect(aheadOf()).toBe(1);
  checkIn(story, '09:43', '10:10');
  expect(aheadOf()).toBe(4);
  expect(standingBefore(story.hall, story.ticket(id))).toBe(1);
});

test('[APPT-4] a wait begins at check-in or at the hour, whichever is later: in reasons, totals, board and desk', () => {
  const story = storyOf();
  const entries = (audience: 'board' | 'floor') => viewOf(audience, story.hall);
  const since = () => (entries('board').get('line/tax') as { since: number }).since;
  const [early, late] = [checkIn(story, '09:40', '10:00'), checkIn(story, '10:09', '10:01')];
  expect(since()).toBe(at('10:00'));
  expect(story.callNext('c1', '10:15')).toMatchObject({ ticketId: early.id, why: { waitedMs: minutes(15) } });
  story.tell('miss', { counterId: counterId('c1') }, at('10:15'));
  // Who stands first came at 10:09, another has waited since 10:05.
  story.issue('tax', '10:15');
  expect(since()).toBe(at('10:09'));
  expect(story.callNext('c1', '10:20')).toMatchObject({ ticketId: late.id, why: { waitedMs: minutes(11) } });
  expect(entries('floor').get('desk/c1')).toMatchObject({ ticket: { queuedAt: at('10:09') } });
  expect(story.hall.totals.waitedMs).toBe(minutes(15 + 11));
});

test('[APPT-4] whoever waits longest need not stand first: the line says since when they wait all the same', () => {
  const story = storyOf();
  const since = () => (viewOf('board', story.hall).get('line/tax') as { since: number }).since;
  story.issue('tax', '10:05');
  checkIn(story, '10:08', '10:00');
  expect(since()).toBe(at('10:05'));
  checkIn(story, '10:09', '10:05');
  expect(since()).toBe(at('10:05'));
});

test('[APPT-5] the reason of a call by hand says no hour, and the doctor finds a reason without its hour', () => {
  const story = storyOf({ agentsMayChoose: true });
  const { id } = checkIn(story, '09:50', '10:00');
  const before = story.hall;
  const chosen = { counterId: counterId('c1'), ticketId: id };
  const byHand = JSON.stringify(story.ask('call-ticket', chosen, at('10:02')));
  expect(byHand).toContain(JSON.stringify({ rule: 'chosen', waitedMs: minutes(2) }));
  const [event] = story.tell('call-next', { counterId: counterId('c1') }, at('10:02'));
  const call = event as HallEvent & { type: 'ticket.called' };
  expect(call.data.why).toEqual({ rule: 'longest-wait', waitedMs: minutes(2), bookedFor: at('10:00') });
  expect(checkCall(before, story.setup, call)).toBeNull();
  const { bookedFor: _, ...why } = call.data.why;
  expect(checkCall(before, story.setup, { ...call, data: { ...call.data, why } })?.message).toMatch(/from the hour/);
});

test('[WAIT-4] nothing is learnt from whoever is checked in before the hour, and no wait is negative', () => {
  const story = storyOf();
  const learntFrom = (time: string, hour: string) => {
    const before = story.hall;
    const { issued } = checkInAt(story, at(time), at(hour));
    return observationsOf(issued, before, story.setup);
  };
  expect(learntFrom('09:40', '10:00')).toEqual([]);
  const [joined] = learntFrom('09:45', '09:45');
  expect(joined).toMatchObject({ kind: 'joined', situation: { longestWaitMs: 0, ahead: [] } });
  expect(learntFrom('09:55', '09:50')).toMatchObject([{ situation: { longestWaitMs: minutes(10) } }]);
});

test('[APPT-2] the fold and the doctor read the place from the event, each by itself', () => {
  const story = storyOf();
  checkIn(story, '09:40', '10:00');
  story.issue('tax', '09:50');
  expect(callAll(story, '10:00')).toEqual(['A002', 'A001']);
  const { events } = story;
  expect(checkLedger('hall' as BranchId, events)).toEqual([]);
  expect(plainOf(evolveAll(emptyHall('hall' as BranchId), events))).toEqual(plainOf(story.hall));
  const asWalkIn = events.map((event) =>
    event.type === 'ticket.issued' && event.data.place
      ? { ...event, data: { ...event.data, place: 'walk-in' } }
      : event,
  ) as HallEvent[];
  expect(checkLedger('hall' as BranchId, asWalkIn)[0]).toMatchObject({ invariant: 'I9' });
});
