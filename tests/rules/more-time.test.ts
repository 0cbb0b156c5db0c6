import { checkLedger } from '@antrean/shared/domain/check-ledger.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Ticket, TicketStatus } from '@antrean/shared/domain/ticket.ts';
import { nextTimerAt } from '@antrean/shared/domain/timers.ts';
import { simulateDay } from '@antrean/shared/domain/what-if/simulate-day.ts';
import { expect, test } from 'vitest';
import { at, counterId, dataOf, hallSetup, minutes, Story, storyWith } from './story.ts';

const visitor = { kind: 'visitor' } as const;
const timer = { kind: 'timer' } as const;
const c1 = { counterId: counterId('c1') };
const moreTime = { forMs: minutes(10), times: 2 };

const postpone = (story: Story, { id }: Ticket, time: string) =>
  story.tell('postpone-ticket', { ticketId: id }, at(time), visitor);
const refusal = (story: Story, { id }: Ticket, time: string) =>
  story.refusal('postpone-ticket', { ticketId: id }, at(time), visitor);
const ready = (story: Story, { id }: Ticket, time: string) =>
  story.tell('return-ticket', { ticketId: id }, at(time), visitor);
/** The day comes to its end, and the check of ledgers finds nothing wrong with it. */
const expectSound = (story: Story): void => {
  story.tell('close-day', {}, at('16:00'));
  expect(checkLedger('hall' as BranchId, story.events)).toEqual([]);
};

test('[MORE-1] others go first while a visitor is not ready, and the ticket keeps its place', () => {
  const { story, ticket } = storyWith('waiting', { moreTime });
  const other = story.issue('tax', '09:05');
  const until = at('09:16');
  expect(dataOf(postpone(story, ticket, '09:06'), 'ticket.held')).toMatchObject({
    ...{ number: ticket.number, counterId: null, reason: 'more-time', byVisitor: true, until },
  });
  expect(story.ticket(ticket.id)).toMatchObject({ status: 'held', postponed: 1, queuedAt: at('09:00') });
  expect(nextTimerAt(story.hall, hallSetup({ moreTime }))).toBe(until);
  expect(story.callNext('c1', '09:07').ticketId).toBe(other.id);
  ready(story, ticket, '09:08');
  story.issue('tax', '09:08');
  story.tell('start', c1, at('09:09'));
  story.tell('finish', { ...c1, outcome: null }, at('09:10'));
  expect(story.callNext('c1', '09:10').ticketId).toBe(ticket.id);
  expectSound(story);
});

test('[MORE-2] [TIMER-1] when the minutes are over it is back at its place by itself', () => {
  const { story, ticket } = storyWith('waiting', { moreTime });
  story.issue('tax', '09:05');
  postpone(story, ticket, '09:06');
  const tooEarly = story.ask('run-timers', {}, at('09:16') - 1, timer);
  expect(tooEarly).toMatchObject({ accepted: false, refusal: { code: 'NOTHING_DUE' } });
  expect(dataOf(story.tell('run-timers', {}, at('09:16'), timer), 'ticket.returned').number).toBe(ticket.number);
  expect(story.ticket(ticket.id)).toMatchObject({ status: 'waiting', hold: null, queuedAt: at('09:00') });
  expect(story.callNext('c1', '09:17').ticketId).toBe(ticket.id);
  expectSound(story);
});

test('[MORE-1] so often in a visit and no more, whatever service it has come to meanwhile', () => {
  const { story, ticket } = storyWith('waiting', { moreTime });
  postpone(story, ticket, '09:02');
  ready(story, ticket, '09:03');
  story.callNext('c1', '09:04');
  story.tell('add-leg', { ticketId: ticket.id, serviceId: ticket.serviceId }, at('09:05'));
  story.tell('start', c1, at('09:05'));
  story.tell('finish', { ...c1, outcome: null }, at('09:06'));
  postpone(story, ticket, '09:07');
  ready(story, ticket, '09:08');
  expect(refusal(story, ticket, '09:09')).toEqual({
    code: 'MORE_TIME_USED_UP',
    details: { ticketId: ticket.id, number: ticket.number, times: 2 },
  });
  expectSound(story);
});

test('[MORE-1] [UNDO-1] taking back an act at a counter gives nothing back of it', () => {
  const { story, ticket } = storyWith('called', { moreTime: { ...moreTime, times: 1 }, undoWithinMs: minutes(10) });
  story.tell('return-ticket', { ticketId: ticket.id }, at('09:02'));
  postpone(story, ticket, '09:03');
  expect(story.refusal('undo', c1, at('09:03')).code).toBe('UNDO_OVERTAKEN');
  ready(story, ticket, '09:04');
  story.tell('undo', c1, at('09:05'));
  expect(story.ticket(ticket.id)).toMatchObject({ status: 'called', postponed: 1 });
  story.tell('return-ticket', { ticketId: ticket.id }, at('09:06'));
  expect(refusal(story, ticket, '09:07').code).toBe('MORE_TIME_USED_UP');
  expectSound(story);
});

test('[MORE-1] [UNDO-2] who left meanwhile and stays after all is held as before', () => {
  const { story, ticket } = storyWith('waiting', { moreTime });
  postpone(story, ticket, '09:02');
  const held = story.ticket(ticket.id);
  story.tell('cancel-ticket', { ticketId: ticket.id }, at('09:03'), visitor);
  story.tell('take-back-ticket', { ticketId: ticket.id }, at('09:03'), visitor);
  expect(story.ticket(ticket.id)).toEqual(held);
  ready(story, ticket, '09:04');
  expectSound(story);
});

test('[MORE-1] without the rule there is no such thing, and it is for whoever waits alone', () => {
  const without = storyWith('waiting');
  expect(refusal(without.story, without.ticket, '09:05')).toEqual({
    code: 'MORE_TIME_NOT_ALLOWED',
    details: { ticketId: without.ticket.id, number: without.ticket.number },
  });
  const codes: Readonly<Record<Exclude<TicketStatus, 'waiting'>, string>> = {
    called: 'ALREADY_CALLED',
    serving: 'ALREADY_CALLED',
    held: 'ACTION_NOT_ALLOWED',
    parked: 'ACTION_NOT_ALLOWED',
    missed: 'ACTION_NOT_ALLOWED',
    done: 'ACTION_NOT_ALLOWED',
    'no-show': 'ACTION_NOT_ALLOWED',
    cancelled: 'ACTION_NOT_ALLOWED',
  };
  for (const [status, code] of Object.entries(codes)) {
    const { story, ticket } = storyWith(status as TicketStatus, { moreTime });
    expect(refusal(story, ticket, '09:06').code, status).toBe(code);
  }
  const unknown = { ...without.ticket, id: 'none' as Ticket['id'] };
  expect(refusal(without.story, unknown, '09:06').code).toBe('TICKET_UNKNOWN');
});

test('[MORE-2] a visitor brings back only what they wished themselves; the staff bring back both', () => {
  for (const status of ['held', 'parked', 'called', 'serving'] as const) {
    const { story, ticket } = storyWith(status, { moreTime });
    const asked = { ticketId: ticket.id };
    expect(story.refusal('return-ticket', asked, at('09:06'), visitor).code, status).toBe('ACTION_NOT_ALLOWED');
  }
  const { story, ticket } = storyWith('waiting', { moreTime });
  postpone(story, ticket, '09:02');
  story.tell('return-ticket', { ticketId: ticket.id }, at('09:03'));
  expect(story.ticket(ticket.id).status).toBe('waiting');
});

test('[MORE-1] the check of ledgers finds a visitor who let others go first while called', () => {
  const { story, ticket } = storyWith('called', { moreTime });
  story.tell('hold-ticket', { ticketId: ticket.id, reason: 'more-time', minutes: 10 }, at('09:06'));
  const forged = story.events.map((event) =>
    event.type === 'ticket.held' ? { ...event, data: { ...event.data, byVisitor: true as const } } : event,
  );
  expect(checkLedger('hall' as BranchId, forged)).toMatchObject([{ invariant: 'I2' }]);
});

test('[WHATIF-1] a day that is run again has visitors let others go first as they did, where its rules know of that', () => {
  const story = new Story({ moreTime }).openDay().openCounter();
  const serveNext = (from: string, until: string): Ticket['id'] => {
    const { ticketId } = story.callNext('c1', from);
    story.tell('start', c1, at(from));
    story.tell('finish', { ...c1, outcome: null }, at(until));
    return ticketId;
  };
  story.issue('tax', '08:59');
  story.callNext('c1', '08:59');
  const ticket = story.issue('tax', '09:00');
  const other = story.issue('tax', '09:02');
  story.tell('start', c1, at('09:02'));
  postpone(story, ticket, '09:03');
  story.tell('finish', { ...c1, outcome: null }, at('09:04'));
  expect(serveNext('09:04', '09:08')).toBe(other.id);
  ready(story, ticket, '09:09');
  expect(serveNext('09:09', '09:12')).toBe(ticket.id);
  story.tell('close-counter', c1, at('09:13'));
  story.tell('close-day', {}, at('09:14'));
  const held: HallEvent[] = [];
  const hear = (event: HallEvent): void => void (event.type === 'ticket.held' && held.push(event));
  const rules = { own: story.setup, other: story.setup };
  expect(simulateDay(story.events, rules, hear).otherRules.notes.refused).toEqual({});
  expect(held).toMatchObject([{ data: { number: ticket.number, byVisitor: true } }]);
  const without = simulateDay(story.events, { ...rules, other: hallSetup({}) }, hear);
  expect(without.otherRules.notes.refused).toMatchObject({ MORE_TIME_NOT_ALLOWED: 1 });
  expect(held).toHaveLength(1);
});
