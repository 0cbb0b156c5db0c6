import { checkLedger } from '@antrean/shared/domain/check-ledger.ts';
import type { HallRules } from '@antrean/shared/domain/setup.ts';
import { nextTimerAt } from '@antrean/shared/domain/timers.ts';
import { expect, test } from 'vitest';
import { agent, at, counterId, dataOf, minutes, type Story, storyWith, typesOf } from './story.ts';

const c1 = { counterId: counterId('c1') };
const timer = { kind: 'timer' } as const;
const second = 1_000;
const unanswered = { afterMs: 60 * second, recalls: 2, then: 'missed' } as const;

/** Lets the timers run once, at the moment the next one is due. */
const runNext = (story: Story) => {
  const due = nextTimerAt(story.hall, story.setup);
  if (due === null) throw new Error('nothing is due');
  return { due, events: story.tell('run-timers', {}, due, timer) };
};

const nextOf = (story: Story): number | null => nextTimerAt(story.hall, story.setup);

test('[HOLD-2] [TIMER-1] a held ticket comes back by itself when its minutes are over, to the place it had, and only once', () => {
  const { story, ticket } = storyWith('held');
  const later = story.issue('tax', '09:05');
  expect(nextOf(story)).toBe(at('09:11'));
  expect(story.refusal('run-timers', {}, at('09:11') - 1, timer).code).toBe('NOTHING_DUE');
  const { events } = runNext(story);
  expect(dataOf(events, 'ticket.returned')).toMatchObject({ ticketId: ticket.id, counterId: null });
  expect(events[0]!.actor).toEqual(timer);
  expect(story.refusal('run-timers', {}, at('09:12'), timer).code).toBe('NOTHING_DUE');
  expect([story.callNext('c1', '09:12').ticketId, later.status]).toEqual([ticket.id, 'waiting']);
});

test('[TIMER-1] what has become of a ticket meanwhile counts', () => {
  const { story, ticket } = storyWith('held');
  story.tell('return-ticket', { ticketId: ticket.id }, at('09:05'));
  expect(nextOf(story)).toBeNull();
  const again = storyWith('held');
  again.story.tell('cancel-ticket', { ticketId: again.ticket.id }, at('09:05'));
  expect(nextOf(again.story)).toBeNull();
  const closed = storyWith('held');
  closed.story.tell('close-day', {}, at('09:05'));
  expect(nextOf(closed.story)).toBeNull();
});

test('[TIMER-1] all that is due happens at once, in the order in which it fell due', () => {
  const { story, ticket } = storyWith('called', { unanswered });
  const [first, second] = [story.issue('tax', '09:01'), story.issue('tax', '09:01')];
  story.tell('hold-ticket', { ticketId: first.id, reason: 'a copy', minutes: 9 }, at('09:02'));
  story.tell('hold-ticket', { ticketId: second.id, reason: 'a copy', minutes: 3 }, at('09:02'));
  const events = story.tell('run-timers', {}, at('09:30'), timer);
  const told = events.map(({ type, data }) => [type, 'ticketId' in data && data.ticketId]);
  expect(told).toEqual([
    ['ticket.recalled', ticket.id],
    ['ticket.returned', second.id],
    ['ticket.returned', first.id],
  ]);
});

test('[TIMER-3] [TIMER-4] a call that nobody comes to is repeated so often, then the visitor is missed', () => {
  const { story, ticket } = storyWith('called', { unanswered });
  const told = [runNext(story), runNext(story), runNext(story)];
  expect(told.map(({ due, events }) => [due, ...typesOf(events)])).toEqual([
    [at('09:02'), 'ticket.recalled'],
    [at('09:03'), 'ticket.recalled'],
    [at('09:04'), 'ticket.missed'],
  ]);
  expect(story.ticket(ticket.id)).toMatchObject({ status: 'missed', recalls: 2 });
  expect(story.hall.counters.get(c1.counterId)?.ticketId).toBeNull();
  expect(nextOf(story)).toBeNull();
});

test('[TIMER-3] a recall by hand counts, and from each call on the visitor has the whole time', () => {
  const { story } = storyWith('called', { unanswered: { ...unanswered, recalls: 1 } });
  story.tell('recall', c1, at('09:01') + 50 * second);
  const { due, events } = runNext(story);
  expect([due, ...typesOf(events)]).toEqual([at('09:02') + 50 * second, 'ticket.missed']);
});

test('[TIMER-3] who has arrived is not called any more; without confirmed arrivals nobody knows who has', () => {
  expect(nextOf(storyWith('serving', { unanswered }).story)).toBeNull();
  expect(nextOf(storyWith('called', { unanswered, confirmsArrival: false }).story)).toBeNull();
  expect(nextOf(storyWith('called').story)).toBeNull();
});

test('[TIMER-4] where the hall says nothing, the call is repeated and then left to the agent', () => {
  const { story } = storyWith('called', { unanswered: { ...unanswered, recalls: 1, then: 'nothing' } });
  runNext(story);
  expect(nextOf(story)).toBeNull();
});

test('[TIMER-4] missed once too often by itself is a no-show at once', () => {
  const rules: Partial<HallRules> = {
    unanswered: { ...unanswered, recalls: 0 },
    rejoin: { times: 0, late: 'end-of-line' },
  };
  expect(typesOf(runNext(storyWith('called', rules).story).events)).toEqual(['ticket.missed', 'ticket.no-showed']);
});

test('[TIMER-3] [TIMER-4] the agent takes back a miss that came by itself, and the visitor has the whole time again', () => {
  const { story, ticket } = storyWith('called', { unanswered: { ...unanswered, recalls: 0 } });
  runNext(story);
  story.tell('undo', c1, at('09:02') + 20 * second, agent('adi'));
  expect(story.ticket(ticket.id).status).toBe('called');
  expect(nextOf(story)).toBe(at('09:03') + 20 * second);
});

test('[TIMER-3] a start that is taken back gives the whole time, too', () => {
  const { story } = storyWith('serving', { unanswered });
  story.tell('undo', c1, at('09:02') + 10 * second);
  expect(nextOf(story)).toBe(at('09:03') + 10 * second);
});

test('[TIMER-2] after a time without a node a call that would have been repeated three times is repeated once', () => {
  const { story, ticket } = storyWith('called', { unanswered: { ...unanswered, recalls: 9 } });
  expect(typesOf(story.tell('run-timers', {}, at('09:30'), timer))).toEqual(['ticket.recalled']);
  expect([story.ticket(ticket.id).recalls, nextOf(story)]).toEqual([1, at('09:31')]);
});

test('[TIMER-5] a missed visitor who is too late by the clock is given up by itself, where late is a no-show', () => {
  const rejoin = { withinMs: minutes(10), times: 2, late: 'no-show' } as const;
  const { story, ticket } = storyWith('missed', { rejoin });
  const { due, events } = runNext(story);
  expect([due, ...typesOf(events)]).toEqual([at('09:12') + 1, 'ticket.no-showed']);
  expect(story.refusal('rejoin-ticket', { ticketId: ticket.id }, due).code).toBe('ACTION_NOT_ALLOWED');
  expect(nextOf(storyWith('missed', { rejoin: { ...rejoin, late: 'end-of-line' } }).story)).toBeNull();
  expect(nextOf(storyWith('missed').story)).toBeNull();
});

test('[TIMER-5] where the hall counts calls, too, both must be over: until then the visitor may still come back', () => {
  const rejoin = { withinMs: minutes(1), withinCalls: 1, times: 2, late: 'no-show' } as const;
  const { story, ticket } = storyWith('missed', { rejoin, confirmsArrival: false, callNextFinishes: true });
  for (const time of ['09:20', '09:21']) {
    expect(nextOf(story)).toBeNull();
    story.issue('tax', time);
    story.callNext('c1', time);
  }
  expect(story.refusal('rejoin-ticket', { ticketId: ticket.id }, at('09:22')).code).toBe('REJOIN_TOO_LATE');
  expect(typesOf(story.tell('run-timers', {}, at('09:22'), timer))).toEqual(['ticket.no-showed']);
  expect(checkLedger(story.hall.branchId, story.events)).toEqual([]);
});
