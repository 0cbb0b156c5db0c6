import { checkLedger } from '@antrean/shared/domain/check-ledger.ts';
import { checkCall } from '@antrean/shared/domain/check-call.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import { evolve } from '@antrean/shared/domain/evolve.ts';
import { emptyHall } from '@antrean/shared/domain/hall.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { BranchSetup } from '@antrean/shared/domain/setup.ts';
import { type AskedRules, simulateDay, type SimulatedDay } from '@antrean/shared/domain/what-if/simulate-day.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyDay, anyRatio, anySkills, live } from './any-commands.ts';
import { agentId, at, counterId, hallSetup, kiosk, minutes, serviceId, type Skills, Story } from './story.ts';

const hall = 'hall' as BranchId;

/** The set-up with another head start of the class `elderly`. */
const withHeadStart = (setup: BranchSetup, headStartMs: number): BranchSetup => ({
  ...setup,
  priorities: new Map(
    [...setup.priorities].map(([id, each]) => [id, id === 'elderly' ? { ...each, headStartMs } : each]),
  ),
});

const c1 = { counterId: counterId('c1') };
const start = (story: Story, time: string) => story.tell('start', c1, at(time));
const finish = (story: Story, time: string) => story.tell('finish', { ...c1, outcome: null }, at(time));

const simulate = (events: readonly HallEvent[], asked: AskedRules): SimulatedDay & { ledger: HallEvent[] } => {
  const ledger: HallEvent[] = [];
  return { ...simulateDay(events, asked, (event) => ledger.push(event)), ledger };
};

const waitMinutes = (ledger: readonly HallEvent[]): Record<string, number> =>
  Object.fromEntries(
    ledger.flatMap(({ type, data }) => (type === 'ticket.called' ? [[data.number, data.why.waitedMs / 60_000]] : [])),
  );

/** One counter, five visitors: reckoned by hand in the test. */
const smallDay = (): Story => {
  const story = new Story().openDay().openCounter();
  story.issue('tax', '08:00');
  story.callNext('c1', '08:00');
  start(story, '08:01');
  story.issue('tax', '08:02');
  story.issue('tax', '08:05', 'elderly');
  finish(story, '08:10');
  story.callNext('c1', '08:10'); // A003, by its head start
  start(story, '08:12');
  const d = story.issue('tax', '08:15');
  finish(story, '08:20');
  story.callNext('c1', '08:20'); // A002
  start(story, '08:21');
  finish(story, '08:23');
  story.tell('cancel-ticket', { ticketId: d.id }, at('08:25'), kiosk);
  story.issue('tax', '08:30');
  story.callNext('c1', '08:31');
  story.tell('miss', c1, at('08:34'));
  story.tell('close-counter', c1, at('08:40'));
  story.tell('close-day', {}, at('09:00'));
  return story;
};

describe('a day reckoned by hand', () => {
  const { events, setup } = smallDay();
  const result = simulate(events, { own: setup, other: withHeadStart(setup, 0), targetMs: minutes(5) });

  test('[WHATIF-3] as it was: the waits of the ledger', () => {
    // A001 0, A003 5, A002 18, A005 1 minutes; A004 left; A005 was called and did not come.
    expect(result.asItWas.total).toEqual({
      called: 4,
      meanMs: minutes(6),
      medianMs: minutes(1),
      p90Ms: minutes(18),
      maxMs: minutes(18),
      withinTarget: 0.75,
      served: 3,
      left: 1,
      notCalled: 0,
      noShows: 1,
    });
    expect(result.asItWas.calls).toMatchObject({ 'longest-wait': 3, 'head-start': 1 });
    expect(result.asItWas.byClass.map(({ priority, called }) => [priority, called])).toEqual([
      [null, 3],
      ['elderly', 1],
    ]);
  });

  test('[WHATIF-1] with its own rules: as it was, but that the agent calls at once', () => {
    // A004 is called at 08:23, two minutes before it would have gone, and takes the median: 1 minute to walk, 8 to be
    // served, until 08:32. A005, who came at 08:30, is called then.
    const { meanMs, called, maxMs, left, noShows } = result.sameRules.total;
    expect({ meanMs, called, maxMs, left, noShows }).toEqual({
      meanMs: minutes((0 + 5 + 18 + 8 + 2) / 5),
      called: 5,
      maxMs: minutes(18),
      left: 0,
      noShows: 1,
    });
    expect(result.sameRules.notes).toEqual({
      servedInstead: 1,
      notIssued: 0,
      overtaken: 0,
      refused: {},
      lateClosings: 0,
      shorterBreaks: 0,
    });
  });

  test('[WHATIF-2] with other rules: who is next is decided by them, all else stays', () => {
    // Without a head start: A002 at 08:10 until 08:13, A003 from then until 08:23, A004 until 08:32, A005.
    expect(waitMinutes(result.ledger)).toEqual({ A001: 0, A002: 8, A003: 8, A004: 8, A005: 2 });
    expect(result.otherRules.total.meanMs).toBe(minutes(26 / 5));
    expect(result.otherRules.byClass).toMatchObject([
      { priority: null, called: 4, meanMs: minutes(18 / 4) },
      { priority: 'elderly', called: 1, meanMs: minutes(8), withinTarget: 0 },
    ]);
    expect(result.otherRules.byService).toMatchObject([{ serviceId: 'tax', called: 5, served: 4 }]);
    expect(result.otherRules.calls).toMatchObject({ 'longest-wait': 5, 'head-start': 0 });
  });
});

/** Two hours at one counter: somebody every five minutes, every third of a class, served for eight minutes each. */
const crowdedDay = (): Story => {
  const story = new Story().openDay().openCounter();
  const times = (minute: number): string => new Date(at('08:00') + minutes(minute + 420)).toISOString().slice(11, 16);
  let busyUntil = -1;
  for (let minute = 0; minute < 240; minute++) {
    if (minute === busyUntil) finish(story, times(minute));
    if (minute % 5 === 0 && minute < 120) story.issue('tax', times(minute), minute % 15 === 0 ? 'elderly' : null);
    if (minute < busyUntil || story.hall.waiting.size === 0) continue;
    story.callNext('c1', times(minute));
    start(story, times(minute));
    busyUntil = minute + 8;
  }
  story.tell('close-day', {}, at('13:00'));
  return story;
};

describe('a line that grows', () => {
  const { events, setup } = crowdedDay();
  const meanOf = ({ byClass }: SimulatedDay['otherRules'], of: string | null): number =>
    byClass.find(({ priority }) => priority === of)?.meanMs ?? NaN;
  const withRules = (rules: Partial<BranchSetup['rules']>): SimulatedDay['otherRules'] =>
    simulate(events, { own: setup, other: { ...setup, rules: { ...setup.rules, ...rules } } }).otherRules;

  test('[WHATIF-1] with its own rules the same waits as it had', () => {
    const { asItWas, sameRules } = simulate(events, { own: setup, other: setup });
    const { notes, ...waits } = sameRules;
    expect(waits).toEqual(asItWas);
    expect(notes).toMatchObject({ servedInstead: 0, overtaken: 0, refused: {} });
    expect(asItWas.total).toMatchObject({ called: 24, served: 24, left: 0, notCalled: 0 });
  });

  test('[WHATIF-2] a ratio of three to one makes the class wait longer and the others less, and says so', () => {
    const own = withRules({});
    const ratio = withRules({ ratio: { normal: 3, priority: 1 } });
    expect(meanOf(ratio, 'elderly')).toBeGreaterThan(meanOf(own, 'elderly') + minutes(5));
    expect(meanOf(ratio, null)).toBeLessThan(meanOf(own, null) - minutes(2));
    expect(ratio.calls.ratio).toBeGreaterThan(10);
    expect(ratio.total.meanMs).toBe(own.total.meanMs);
  });

  test('[WHATIF-2] a call-by limit brings those without a class nearer to the order they came in', () => {
    const callBy = withRules({ callByMs: minutes(25) });
    expect(callBy.calls['call-by']).toBeGreaterThan(0);
    expect(meanOf(callBy, null)).toBeLessThan(meanOf(withRules({}), null));
  });
});

test('[WHATIF-1] breaks, closings, holds, parked and moved visits happen again, as far as they can', () => {
  const story = new Story().openDay().openCounter('c1', 'adi').openCounter('c2', 'budi');
  const c2 = { counterId: counterId('c2') };
  // A001 at c1 is parked after 5 minutes, and the agent goes on with it 10 minutes later, for 5.
  const a = story.issue('tax', '08:00');
  story.callNext('c1', '08:00');
  start(story, '08:00');
  // A002 at c2 is sent on to the births, where c1 takes it 12 minutes later; 2 minutes there.
  const b = story.issue('tax', '08:01');
  story.callNext('c2', '08:01');
  story.tell('start', c2, at('08:01'));
  story.tell('park', c1, at('08:05'));
  const sent = { serviceId: serviceId('birth'), reservedFor: null, note: null, comesBack: false };
  story.tell('transfer-ticket', { ticketId: b.id, ...sent }, at('08:08'));
  story.tell('pause-counter', { ...c2, reason: 'prayer' }, at('08:10'));
  story.tell('resume-ticket', { ...c1, ticketId: a.id }, at('08:15'));
  finish(story, '08:20');
  story.callNext('c1', '08:20');
  start(story, '08:20');
  finish(story, '08:22');
  story.tell('resume-counter', c2, at('08:30'));
  story.tell('close-counter', c2, at('08:40'));
  story.tell('close-day', {}, at('09:00'));

  const { asItWas, sameRules, ledger } = simulate(story.events, { own: story.setup, other: story.setup });
  expect(asItWas.byService).toMatchObject([
    { serviceId: 'birth', called: 1, meanMs: minutes(19) },
    { serviceId: 'tax', called: 2, meanMs: 0 },
  ]);
  // c1 is free at 08:08 and takes A002 at once, until 08:10; so it is free for A001 at 08:15 as it was.
  expect(ledger.map(({ type, at: when }) => `${new Date(when).toISOString().slice(14, 16)} ${type}`)).toEqual([
    '00 day.opened',
    '00 counter.opened',
    '00 counter.opened',
    '00 ticket.issued',
    '00 ticket.called',
    '00 ticket.started',
    '01 ticket.issued',
    '01 ticket.called',
    '01 ticket.started',
    '05 ticket.parked',
    '08 ticket.transferred',
    '08 ticket.called',
    '08 ticket.started',
    '10 ticket.finished',
    '10 counter.paused',
    '15 ticket.resumed',
    '20 ticket.finished',
    '30 counter.resumed',
    '40 counter.closed',
    '00 counter.closed',
    '00 day.closed',
  ]);
  expect(sameRules.notes).toMatchObject({ refused: {}, overtaken: 0, lateClosings: 0, shorterBreaks: 0 });
});

test('[WHATIF-1] with a visitor at the desk a break waits, and the last counter stays for whoever was served', () => {
  const story = new Story().openDay().openCounter();
  for (const time of ['08:00', '08:01']) story.issue('tax', time, time === '08:00' ? null : 'elderly');
  const hour = (time: string, back: string): void => {
    story.callNext('c1', time);
    start(story, time);
    finish(story, back);
  };
  hour('08:02', '08:12'); // A002, by its head start
  story.tell('pause-counter', { ...c1, reason: 'tea' }, at('08:12'));
  story.tell('resume-counter', c1, at('08:20'));
  hour('08:20', '08:25'); // A001
  story.tell('close-counter', c1, at('08:25'));
  story.tell('close-day', {}, at('09:00'));
  // A001 is called when it comes, until 08:05; A002 then, until 08:15, into the break; nobody is left at 08:25.
  const { sameRules } = simulate(story.events, { own: story.setup, other: story.setup });
  expect(sameRules.notes).toMatchObject({ shorterBreaks: 1, lateClosings: 0 });

  const slow = simulate(
    story.events.map((event) =>
      event.type === 'counter.closed' && event.at < at('09:00') ? { ...event, at: at('08:14') } : event,
    ),
    { own: story.setup, other: story.setup },
  );
  expect(slow.sameRules.notes).toMatchObject({ lateClosings: 1 });
  expect(slow.sameRules.total).toMatchObject({ served: 2, notCalled: 0 });
});

test('[WHATIF-1] whoever takes a counter over comes when the visitor of the one before is done', () => {
  const story = new Story().openDay().openCounter();
  story.issue('tax', '08:00');
  story.callNext('c1', '08:00');
  start(story, '08:00');
  story.issue('tax', '08:01');
  story.tell('open-counter', { ...c1, agentId: agentId('budi'), takeOverFrom: agentId('adi') }, at('08:05'));
  finish(story, '08:10');
  story.callNext('c1', '08:10');
  start(story, '08:10');
  finish(story, '08:15');
  story.tell('close-counter', c1, at('08:20'));
  story.tell('close-day', {}, at('09:00'));
  const { sameRules, ledger } = simulate(story.events, { own: story.setup, other: story.setup });
  expect(sameRules.total).toMatchObject({ called: 2, served: 2, notCalled: 0 });
  const opened = ledger.flatMap(({ type, data, at: when }) =>
    type === 'counter.opened' ? [[data.agentId, when]] : [],
  );
  expect(opened).toEqual([
    ['adi', at('08:00')],
    ['budi', at('08:10')],
  ]);
});

test('[WHATIF-1] the last counter of a service stays until everybody is called who was called that day', () => {
  const story = new Story().openDay().openCounter();
  story.issue('tax', '08:00');
  story.callNext('c1', '08:00');
  start(story, '08:00');
  story.issue('tax', '08:02');
  finish(story, '08:10');
  story.callNext('c1', '08:10');
  start(story, '08:10');
  finish(story, '08:11');
  story.tell('close-counter', c1, at('08:12'));
  story.tell('close-day', {}, at('09:00'));
  // As if the counter had closed at 08:05, with one at the desk and one in line.
  const events = story.events.map((event) => (event.at === at('08:12') ? { ...event, at: at('08:05') } : event));
  const { sameRules, ledger } = simulate(events, { own: story.setup, other: story.setup });
  expect(sameRules.total).toMatchObject({ called: 2, served: 2, notCalled: 0 });
  expect(sameRules.notes.lateClosings).toBe(1);
  expect(ledger.find(({ type }) => type === 'counter.closed')?.at).toBe(at('08:11'));
});

test('[WHATIF-1] of two agents who are free the one who has been longer calls', () => {
  const story = new Story().openDay().openCounter('c1', 'adi').openCounter('c2', 'budi');
  story.issue('tax', '08:01');
  story.callNext('c1', '08:01');
  start(story, '08:01');
  finish(story, '08:05');
  story.issue('tax', '08:06');
  story.callNext('c1', '08:06');
  story.tell('close-day', {}, at('09:00'));
  const { ledger } = simulate(story.events, { own: story.setup, other: story.setup });
  const called = ledger.flatMap(({ type, data }) => (type === 'ticket.called' ? [data.counterId] : []));
  expect(called).toEqual(['c1', 'c2']);
});

test('[WHATIF-1] what was taken back never happened, and what somebody picked by hand is counted', () => {
  const story = new Story().openDay().openCounter();
  story.issue('tax', '08:00');
  const second = story.issue('tax', '08:01');
  story.tell('call-ticket', { ...c1, ticketId: second.id, reason: 'in pain' }, at('08:02'));
  story.tell('undo', c1, at('08:02'));
  story.tell('call-ticket', { ...c1, ticketId: second.id, reason: 'in pain' }, at('08:04'));
  start(story, '08:05');
  finish(story, '08:09');
  story.tell('close-day', {}, at('09:00'));
  const { asItWas, sameRules, leftOut, ledger } = simulate(story.events, { own: story.setup, other: story.setup });

  expect(leftOut).toEqual({ handPicked: 1, undone: 1, reassigned: 0, setupChanges: 0 });
  expect(asItWas.calls.chosen).toBe(1);
  expect(asItWas.total).toMatchObject({ called: 1, meanMs: minutes(3), served: 1, notCalled: 1 });
  // A001 is called at once, though in truth it never was: for as long as A002, the only one served, took.
  expect(waitMinutes(ledger)).toEqual({ A001: 0, A002: 4 });
  expect(sameRules.notes.servedInstead).toBe(1);
});

test('[WHATIF-1] help begins when somebody has waited long enough, though nothing else happens then', () => {
  const story = new Story({}, { helpsAfter: { c2: { land: 7 } } }).openDay().openCounter('c2', 'budi');
  story.issue('land', '08:00');
  const called = story.callNext('c2', '08:15');
  expect(called.why.rule).toBe('overflow');
  story.tell('miss', { counterId: counterId('c2') }, at('08:16'));
  story.tell('close-day', {}, at('09:00'));
  const { ledger } = simulate(story.events, { own: story.setup, other: story.setup });
  expect(waitMinutes(ledger)).toEqual({ B001: 7 });
});

const anyOtherRules = fc.record({
  ratio: fc.option(anyRatio, { nil: undefined }),
  callByMs: fc.option(fc.nat(minutes(60)), { nil: undefined }),
  confirmsArrival: fc.boolean(),
  callNextFinishes: fc.boolean(),
  skills: anySkills,
  headStartMs: fc.nat(minutes(60)),
});

test('[WHATIF-2] whatever a day was: the ledger of a run is sound, its calls are those of its rules, twice the same', () => {
  const kinds = new Set<string>();
  let notes = 0;
  fc.assert(
    fc.property(anyDay, anyOtherRules, (day, { skills, headStartMs, ...rules }) => {
      const lived = live(day);
      const all = lived.flatMap(({ events }) => events);
      const { setup } = lived[0]!;
      const next = all.findIndex(({ type, data }) => type === 'day.opened' && data.date !== '2026-08-18');
      const events = next === -1 ? all : all.slice(0, next);
      const present = Object.fromEntries(Object.entries(rules).filter(([, rule]) => rule !== undefined));
      const other = withHeadStart(
        hallSetup({ ...day.rules, ...present }, { services: day.services, ...(skills as Skills) }),
        headStartMs,
      );
      const result = simulate(events, { own: setup, other });

      expect(checkLedger(hall, result.ledger)).toEqual([]);
      let before = emptyHall(hall);
      for (const event of result.ledger) {
        if (event.type === 'ticket.called') expect(checkCall(before, other, event)).toBeNull();
        before = evolve(before, event);
        kinds.add(event.type);
      }
      const issued = (of: readonly HallEvent[]): unknown[] =>
        of.flatMap(({ type, data, at: when }) => (type === 'ticket.issued' ? [[data.ticketId, when]] : []));
      expect(issued(result.ledger).length + result.otherRules.notes.notIssued).toBe(issued(events).length);
      expect(issued(events)).toEqual(expect.arrayContaining(issued(result.ledger)));
      expect(simulate(events, { own: setup, other })).toEqual(result);
      const { totals } = lived.findLast(({ after }) => after.day?.date === '2026-08-18')!.after;
      const { called, meanMs } = result.asItWas.total;
      expect({ called, meanMs }).toEqual({
        called: totals.called,
        meanMs: totals.called === 0 ? null : Math.round(totals.waitedMs / totals.called),
      });
      notes += Object.keys(result.otherRules.notes.refused).length;
    }),
    { numRuns: 400 },
  );
  console.log(`kinds of event in the runs: ${[...kinds].sort().join(' ')}; refusals ${notes}`);
  // The days are drawn anew each time: the rarest kinds are missing from some runs.
  expect(kinds.size).toBeGreaterThan(17);
});
