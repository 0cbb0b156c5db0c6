import { evolve, evolveAll } from '@antrean/shared/domain/evolve.ts';
import { emptyHall, linesOf, waitingCount, plainOf } from '@antrean/shared/domain/hall.ts';
import { recentCallsKept } from '@antrean/shared/domain/recent-calls-kept.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Ticket } from '@antrean/shared/domain/ticket.ts';
import { expect, test } from 'vitest';
import { agentId, at, counterId, minutes, serviceId, Story } from './story.ts';

/** A morning with every kind of event. */
const busyStory = (): Story => {
  const story = new Story({ confirmsArrival: true }).openDay().openCounter('c1').openCounter('c2', 'budi');
  const c1 = { counterId: counterId('c1') };
  const c2 = { counterId: counterId('c2') };
  for (const service of ['tax', 'land', 'tax', 'birth']) story.issue(service, '09:00');
  const leaving = story.issue('tax', '09:00');
  story.issue('tax', '09:02', 'elderly');
  story.callNext('c1', '09:05');
  story.tell('recall', c1, at('09:06'));
  story.tell('start', c1, at('09:07'));
  story.callNext('c2', '09:08');
  story.tell('miss', c2, at('09:10'));
  story.tell('pause-counter', { ...c2, reason: 'tea' }, at('09:11'));
  story.tell('resume-counter', c2, at('09:15'));
  story.tell('finish', { ...c1, outcome: 'done' }, at('09:16'));
  story.tell('cancel-ticket', { ticketId: leaving.id }, at('09:17'));
  story.callNext('c2', '09:20');
  story.tell('change-setup', { revision: 2 }, at('09:21'));
  return story;
};

test('[FOLD-1] the same events give the same state, one at a time or all at once', () => {
  const { hall, events } = busyStory();
  const empty = emptyHall('hall' as BranchId);
  expect(plainOf(evolveAll(empty, events))).toEqual(plainOf(hall));
  expect(plainOf(events.reduce(evolve, empty))).toEqual(plainOf(hall));
  expect(new Set(events.map(({ type }) => type)).size).toBe(12);
});

test('[FOLD-1] folding an event leaves the state before it as it was', () => {
  const { events } = busyStory();
  let hall = emptyHall('hall' as BranchId);
  for (const event of events) {
    const before = structuredClone(plainOf(hall));
    const next = evolve(hall, event);
    expect(plainOf(hall)).toEqual(before);
    hall = next;
  }
});

test('[FOLD-1] a gap, a repetition or an event of the past is an error, never skipped', () => {
  const { hall, events } = busyStory();
  const last = events.at(-1)!;
  for (const version of [last.version - 1, last.version, last.version + 2]) {
    expect(() => evolve(hall, { ...last, version })).toThrow(`event ${version} of hall does not follow`);
  }
});

test('[FOLD-1] the fold of a day may begin at the event that opened it', () => {
  const story = new Story().openDay().openCounter();
  story.issue('tax', '09:00');
  story.tell('close-day', {}, at('16:00'));
  story.openDay('23:00', '2026-08-19');
  story.issue('tax', '23:30');
  const { openedVersion } = story.hall.day!;
  const begun = emptyHall('hall' as BranchId, openedVersion - 1);
  const fromThere = evolveAll(begun, story.events.slice(openedVersion - 1));
  expect(plainOf(fromThere)).toEqual(plainOf(story.hall));
});

test('[FOLD-2] the totals of the day are its events, the waits those of its first calls', () => {
  const { hall } = busyStory();
  expect(hall.totals).toEqual({
    issued: 6,
    called: 3,
    done: 1,
    missed: 1,
    cancelled: 1,
    // A004 with its head start at 09:05 after 3 minutes, A001 at 09:08 after 8, A002 at 09:20 after 20.
    waitedMs: minutes(3 + 8 + 20),
  });
});

test('[FOLD-2] a line knows how many wait in it and who is first; an empty one is gone', () => {
  const story = new Story({ confirmsArrival: false, callNextFinishes: true }).openDay().openCounter();
  const [first, second] = [story.issue('tax', '09:00'), story.issue('tax', '09:01')];
  const elderly = story.issue('tax', '09:02', 'elderly');
  const line = (priority: string) => story.hall.lines.get(`tax|${priority}||`);
  const lineOf = (head: Ticket, waiting: number) => {
    const { serviceId, priority, reservedFor, queuedAt, serial } = head;
    return { serviceId, priority, reservedFor, waiting, queuedAt, serial, head };
  };
  expect(line('')).toEqual(lineOf(first, 2));
  expect(line('elderly')).toEqual(lineOf(elderly, 1));
  story.tell('cancel-ticket', { ticketId: first.id }, at('09:03'));
  expect(line('')).toEqual(lineOf(second, 1));
  story.callNext('c1', '09:04');
  expect(line('elderly')).toBeUndefined();
  story.callNext('c1', '09:05');
  expect(story.hall.lines.size).toBe(0);
  expect(waitingCount(story.hall, serviceId('tax'))).toBe(0);
});

test('[FOLD-2] a service whose id begins like another one has a line of its own', () => {
  const story = new Story().openDay();
  const service = story.setup.services.get(serviceId('tax'))!;
  for (const id of ['ta', 'tax-2', 'taxi']) {
    (story.setup.services as Map<unknown, unknown>).set(id, { ...service, id: serviceId(id) });
  }
  for (const id of ['tax', 'ta', 'tax-2', 'taxi', 'tax']) story.issue(id, '09:00');
  const counts = ['ta', 'tax', 'tax-2', 'taxi'].map((id) => waitingCount(story.hall, serviceId(id)));
  expect(counts).toEqual([1, 2, 1, 1]);
});

test('[FOLD-2] the latest calls are shown, no more than are kept, newest first, each ticket once', () => {
  const story = new Story();
  const ids = Array.from({ length: recentCallsKept + 2 }, (_, index) => `desk-${index}`);
  const c1 = story.setup.counters.get(counterId('c1'))!;
  for (const id of ids) (story.setup.counters as Map<unknown, unknown>).set(id, { ...c1, id: counterId(id) });
  story.openDay();
  for (const id of ids) {
    story.tell('open-counter', { counterId: counterId(id), agentId: agentId(`of-${id}`) }, at('08:00'));
    story.issue('tax', '09:00');
    story.callNext(id, '09:01');
  }
  const shown = () => story.hall.recentCalls.map(({ number }) => number);
  expect(shown()).toEqual(
    ids
      .map((_, index) => `A${String(index + 1).padStart(3, '0')}`)
      .reverse()
      .slice(0, recentCallsKept),
  );
  story.tell('recall', { counterId: counterId('desk-5') }, at('09:05'));
  expect(shown()[0]).toBe('A006');
  expect(new Set(shown()).size).toBe(recentCallsKept);
});
test('[FOLD-1] the first of a line is the ticket as it stands now, whatever was noted or added meanwhile', () => {
  const story = new Story().openDay();
  const { id } = story.issue('tax', '09:00');
  story.tell('note-ticket', { ticketId: id, note: 'speaks slowly' }, at('09:01'));
  story.tell('add-leg', { ticketId: id, serviceId: serviceId('land') }, at('09:02'));

  expect(linesOf(story.hall, serviceId('tax'))).toEqual([
    expect.objectContaining({ waiting: 1, head: story.ticket(id) }),
  ]);
});
