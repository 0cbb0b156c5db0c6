import { estimateWait, learnWait, nothingLearnt, type WaitObservation } from '@antrean/shared/domain/expected-wait.ts';
import { emptyHall } from '@antrean/shared/domain/hall.ts';
import { observationsOf, situationOf } from '@antrean/shared/domain/observe-waits.ts';
import { evolve } from '@antrean/shared/domain/evolve.ts';
import type { BranchId, TicketId } from '@antrean/shared/domain/ids.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyDay, live } from './any-commands.ts';
import { agentId, at, counterId, minutes, priorityId, serviceId, Story } from './story.ts';

const c1 = { counterId: counterId('c1') };
const c2 = { counterId: counterId('c2') };

/** The observations of a story, as a node makes them: each event with the state just before it. */
const observationsIn = ({ events, setup }: Story): WaitObservation[] => {
  let hall = emptyHall('hall' as BranchId);
  return events.flatMap((event) => {
    const observations = observationsOf(event, hall, setup);
    hall = evolve(hall, event);
    return observations;
  });
};

const newcomer = (service: string, time: string, priority: string | null = null) => ({
  serviceId: serviceId(service),
  priority: priority === null ? null : priorityId(priority),
  queuedAt: at(time),
});

test('[WAIT-4] a hall teaches who joined, who was called, who left and how long counters were taken', () => {
  const story = new Story().openDay().openCounter();
  const a = story.issue('tax', '09:00');
  const b = story.issue('tax', '09:01');
  const c = story.issue('tax', '09:02');
  story.callNext('c1', '09:03');
  story.tell('start', c1, at('09:04'));
  story.tell('finish', { ...c1, outcome: null }, at('09:10'));
  story.callNext('c1', '09:11');
  story.tell('miss', c1, at('09:13'));
  story.tell('cancel-ticket', { ticketId: c.id }, at('09:14'));
  story.tell('cancel-ticket', { ticketId: b.id }, at('09:15'));

  const observations = observationsIn(story);
  expect(observations.map(({ kind }) => kind)).toEqual([
    'day-began',
    'joined',
    'joined',
    'joined',
    'called',
    'served',
    'called',
    'served',
    'left',
    'left',
  ]);
  expect(observations.filter(({ kind }) => kind === 'called')).toEqual([
    { kind: 'called', ticket: a.id, at: at('09:03') },
    { kind: 'called', ticket: b.id, at: at('09:11') },
  ]);
  expect(observations.filter(({ kind }) => kind === 'served')).toEqual([
    { kind: 'served', service: 'tax', durationMs: minutes(7) },
    { kind: 'served', service: 'tax', durationMs: minutes(2) },
  ]);
  const learnt = observations.reduce(learnWait, nothingLearnt());
  expect(learnt.waiting.size).toBe(0);
  expect(learnt.times.all.count).toBe(2);
});

test('[WAIT-4] whoever goes on waits anew; whoever is set aside or sent on waits no more as was told', () => {
  const story = new Story().openDay().openCounter();
  const [a, b, c] = [story.issue('tax', '09:00'), story.issue('tax', '09:01'), story.issue('tax', '09:02')];
  story.tell('add-leg', { ticketId: a.id, serviceId: serviceId('land') }, at('09:03'));
  story.callNext('c1', '09:04');
  story.tell('start', c1, at('09:05'));
  story.tell('finish', { ...c1, outcome: null }, at('09:10'));
  story.callNext('c1', '09:11');
  story.tell('hold-ticket', { ticketId: b.id, reason: 'a copy', minutes: 5 }, at('09:13'));
  story.tell('hold-ticket', { ticketId: c.id, reason: 'a copy', minutes: 5 }, at('09:14'));
  const learnt = observationsIn(story).reduce(learnWait, nothingLearnt());
  expect([...learnt.waiting.keys()]).toEqual([a.id]);
  expect(learnt.waiting.get(a.id)).toMatchObject({ service: 'land', joinedAt: at('09:10') });
  expect(learnt.times.all.count).toBe(2);
});

test('[WAIT-4] [CLASS-1] whoever is of another class waits no more as was told; at a counter it frees none', () => {
  const story = new Story().openDay().openCounter();
  const [a, b] = [story.issue('tax', '09:00'), story.issue('tax', '09:01')];
  story.callNext('c1', '09:04');
  story.tell('start', c1, at('09:05'));
  for (const { id } of [a, b]) {
    story.tell('change-priority', { ticketId: id, priority: priorityId('elderly') }, at('09:07'));
  }
  story.tell('finish', { ...c1, outcome: null }, at('09:10'));
  const observations = observationsIn(story);
  expect(observations.reduce(learnWait, nothingLearnt()).waiting.size).toBe(0);
  expect(observations.filter(({ kind }) => kind === 'served')).toEqual([
    { kind: 'served', service: 'tax', durationMs: minutes(6) },
  ]);
});

test('[WAIT-2] what is kept for another counter is not before them', () => {
  const story = new Story().openDay().openCounter();
  story.tell('open-counter', { ...c2, agentId: agentId('budi') }, at('08:00'));
  const { id } = story.issue('tax', '09:00');
  const to = { serviceId: null, reservedFor: c2, note: null, comesBack: false };
  story.tell('transfer-ticket', { ticketId: id, ...to }, at('09:01'));
  const people = (service: string) =>
    situationOf(story.hall, story.setup, newcomer(service, '09:02'), at('09:02')).ahead;
  // Counter 1 alone gives land, counters 1 and 2 tax.
  expect(people('land')).toEqual([]);
  expect(people('tax')).toEqual([{ service: 'tax', people: 1 }]);
});

test('[WAIT-4] a day that is opened again goes on with its waits; another date begins anew', () => {
  const story = new Story().openDay();
  story.issue('tax', '09:00');
  story.tell('close-day', {}, at('09:10'));
  story.openDay('09:20').tell('close-day', {}, at('09:30'));
  story.openDay('08:00', '2026-08-19');
  expect(observationsIn(story).filter(({ kind }) => kind === 'day-began')).toHaveLength(2);
});

test('[WAIT-2] a situation counts who goes before them at the counters that serve them, and who is at the desks', () => {
  const story = new Story().openDay().openCounter();
  story.tell('open-counter', { ...c2, agentId: agentId('budi') }, at('08:00'));
  story.issue('birth', '08:59');
  story.callNext('c1', '09:00');
  story.issue('tax', '09:01');
  story.issue('tax', '09:02', 'elderly');
  story.issue('land', '09:03');

  const asked = situationOf(story.hall, story.setup, newcomer('tax', '09:10'), at('09:10'));
  expect(asked).toEqual({
    service: 'tax',
    priority: '',
    // Counter 1 serves land too, and no other open counter does; counter 2 is free.
    ahead: expect.arrayContaining([
      { service: 'tax', people: 1 },
      { service: 'tax', people: 1 },
      { service: 'land', people: 1 },
    ]) as object,
    serving: ['birth'],
    counters: 2,
    idle: 1,
    longestWaitMs: minutes(9),
  });
  // Twenty minutes of head start: before both who came without one, and after the one who came first of their class.
  const elderly = situationOf(story.hall, story.setup, newcomer('tax', '09:10', 'elderly'), at('09:10'));
  expect(elderly.ahead).toEqual([{ service: 'tax', people: 1 }]);
  // Of two counters that serve tax one serves land: half of the tax line is expected at it.
  const land = situationOf(story.hall, story.setup, newcomer('land', '09:10'), at('09:10'));
  expect(land.ahead).toEqual(
    expect.arrayContaining([
      { service: 'land', people: 1 },
      { service: 'tax', people: 0.5 },
      { service: 'tax', people: 0.5 },
    ]),
  );
  expect(land.counters).toBe(1);
});

test('[WAIT-2] a waiting ticket is not before itself, and its place follows the line', () => {
  const story = new Story().openDay().openCounter();
  const [first, second] = [story.issue('tax', '09:00'), story.issue('tax', '09:00')];
  const aheadOf = (ticket: typeof first) => situationOf(story.hall, story.setup, ticket, at('09:05')).ahead;
  expect(aheadOf(first)).toEqual([]);
  expect(aheadOf(second)).toEqual([{ service: 'tax', people: 1 }]);
  story.callNext('c1', '09:06');
  expect(aheadOf(second)).toEqual([]);
});

test('[WAIT-1] no counter, no range; a break is not the end of the day', () => {
  const story = new Story().openDay();
  const said = () =>
    estimateWait(nothingLearnt(), situationOf(story.hall, story.setup, newcomer('tax', '09:10'), at('09:10')));
  expect(said()).toBeNull();
  story.openCounter('c3');
  expect(said()).toBeNull();
  story.openCounter('c2', 'budi');
  expect(said()?.restsOn).toMatchObject({ counters: 1, idle: 1, thin: true });
  story.tell('pause-counter', { ...c2, reason: 'lunch' }, at('09:00'));
  expect(said()?.restsOn).toMatchObject({ counters: 1, idle: 0 });
});

test('[WAIT-1] [WAIT-4] on any day every waiting ticket has a range, and nobody is learnt from who does not wait', () => {
  const ranges: number[] = [];
  fc.assert(
    fc.property(anyDay, (day) => {
      let learnt = nothingLearnt();
      for (const { setup, before, events, after, now } of live(day)) {
        let hall = before;
        for (const event of events) {
          learnt = observationsOf(event, hall, setup).reduce(learnWait, learnt);
          hall = evolve(hall, event);
        }
        for (const id of learnt.waiting.keys()) expect(after.tickets.get(id as TicketId)?.status).toBe('waiting');
        for (const id of after.waiting.values()) {
          const ticket = after.tickets.get(id)!;
          const asked = situationOf(after, setup, ticket, Math.max(now, after.lastAt));
          const said = estimateWait(learnt, asked);
          expect(said === null).toBe(asked.counters === 0);
          if (!said) continue;
          expect(said.p50Ms).toBeGreaterThanOrEqual(0);
          expect(said.p90Ms).toBeGreaterThanOrEqual(said.p50Ms);
          expect(said.p90Ms).toBeLessThan(Infinity);
          ranges.push(said.p90Ms);
        }
      }
    }),
    { numRuns: 200, ...(process.env.ANTREAN_SEED !== undefined && { seed: Number(process.env.ANTREAN_SEED) }) },
  );
  expect(ranges.length).toBeGreaterThan(100);
});
