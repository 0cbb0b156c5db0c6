import {
  estimateWait,
  type LearntWaits,
  learnWait,
  nothingLearnt,
  type Situation,
  type WaitObservation,
} from '@antrean/shared/domain/expected-wait.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minutes } from './story.ts';

const seed = process.env.ANTREAN_SEED === undefined ? {} : { seed: Number(process.env.ANTREAN_SEED) };

const situation = (change: Partial<Situation> = {}): Situation => ({
  service: 'tax',
  priority: '',
  ahead: [],
  serving: ['tax', 'tax'],
  counters: 2,
  idle: 0,
  longestWaitMs: 0,
  ...change,
});

const people = (count: number): Situation['ahead'] => (count > 0 ? [{ service: 'tax', people: count }] : []);

const service = fc.constantFrom('tax', 'land', 'birth');
const anySituation: fc.Arbitrary<Situation> = fc.record({
  service,
  priority: fc.constantFrom('', 'elderly'),
  ahead: fc.array(fc.record({ service, people: fc.double({ min: 0, max: 500, noNaN: true }) }), { maxLength: 4 }),
  serving: fc.array(service, { maxLength: 6 }),
  counters: fc.nat(30),
  idle: fc.nat(3),
  longestWaitMs: fc.nat(minutes(600)),
});

const anyObservation: fc.Arbitrary<WaitObservation> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<WaitObservation>({ kind: 'day-began' }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('joined' as const),
      ticket: fc.constantFrom('1', '2', '3'),
      at: fc.nat(minutes(600)),
      situation: anySituation,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('called' as const),
      ticket: fc.constantFrom('1', '2', '3'),
      at: fc.nat(minutes(600)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('left' as const), ticket: fc.constantFrom('1', '2', '3') }) },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('served' as const), service, durationMs: fc.nat(minutes(600)) }),
  },
);

const learnAll = (observations: readonly WaitObservation[], from = nothingLearnt()): LearntWaits =>
  observations.reduce(learnWait, from);

/** Where everybody waits `waitMs` behind three others, and a service takes two minutes. */
const steadyHall = (count: number, waitMs: number, from = nothingLearnt()): LearntWaits =>
  learnAll(
    Array.from({ length: count }, (_, index): WaitObservation[] => [
      { kind: 'served', service: 'tax', durationMs: minutes(2) },
      { kind: 'joined', ticket: `${index}`, at: index * minutes(5), situation: situation({ ahead: people(3) }) },
      { kind: 'called', ticket: `${index}`, at: index * minutes(5) + waitMs },
    ]).flat(),
    from,
  );

describe('the range', () => {
  test('[WAIT-1] is a range whatever was learnt and whatever is asked', () => {
    fc.assert(
      fc.property(fc.array(anyObservation, { maxLength: 60 }), anySituation, (observations, asked) => {
        const said = estimateWait(learnAll(observations), asked);
        expect(said === null).toBe(asked.counters === 0);
        if (!said) return;
        expect(said.p50Ms).toBeGreaterThanOrEqual(0);
        expect(said.p90Ms).toBeGreaterThanOrEqual(said.p50Ms);
        expect(said.p90Ms).toBeLessThan(Infinity);
      }),
      { numRuns: 500, ...seed },
    );
  });

  test('[WAIT-1] never gets shorter by one more person ahead', () => {
    fc.assert(
      fc.property(
        fc.array(anyObservation, { maxLength: 60 }),
        anySituation,
        fc.nat(40),
        (observations, asked, ahead) => {
          const learnt = learnAll(observations);
          const behind = (count: number) =>
            estimateWait(learnt, { ...asked, service: 'tax', serving: [], counters: 2, ahead: people(count) })!;
          expect(behind(ahead + 1).p50Ms).toBeGreaterThanOrEqual(behind(ahead).p50Ms);
          expect(behind(ahead + 1).p90Ms).toBeGreaterThanOrEqual(behind(ahead).p90Ms);
        },
      ),
      { numRuns: 500, ...seed },
    );
    const [few, many] = [2, 10].map((count) => estimateWait(nothingLearnt(), situation({ ahead: people(count) }))!);
    expect(many!.p50Ms).toBeGreaterThan(2 * few!.p50Ms);
  });

  test('[WAIT-1] does not get shorter by people ahead even where the few who came to a long line were called first', () => {
    const perverse = learnAll(
      Array.from({ length: 4_000 }, (_, index): WaitObservation[] => {
        const isLong = index % 2 === 0;
        const joined = situation({ ahead: people(isLong ? 20 : 0) });
        return [
          { kind: 'joined', ticket: 'a', at: index * minutes(60), situation: joined },
          { kind: 'called', ticket: 'a', at: index * minutes(60) + minutes(isLong ? 1 : 30) },
        ];
      }).flat(),
    );
    const [none, twenty] = [0, 20].map((count) => estimateWait(perverse, situation({ ahead: people(count) }))!);
    expect(twenty!.p50Ms).toBeGreaterThanOrEqual(none!.p50Ms);
    expect(twenty!.p90Ms).toBeGreaterThanOrEqual(none!.p90Ms);
  });

  test('[WAIT-1] follows what the branch lives through', () => {
    const asked = situation({ ahead: people(3) });
    const short = estimateWait(steadyHall(200, minutes(1)), asked)!;
    const long = estimateWait(steadyHall(200, minutes(30)), asked)!;
    expect(short.p50Ms).toBeLessThan(minutes(2));
    expect(long.p50Ms).toBeGreaterThan(minutes(15));
    expect(long.p90Ms).toBeLessThan(minutes(90));
  });

  test('[WAIT-1] counts more for long services and less for more counters', () => {
    const learnt = learnAll(
      Array.from({ length: 30 }, (): WaitObservation[] => [
        { kind: 'served', service: 'tax', durationMs: minutes(2) },
        { kind: 'served', service: 'land', durationMs: minutes(20) },
      ]).flat(),
    );
    const behind = (service: string, counters: number) =>
      estimateWait(learnt, situation({ ahead: [{ service, people: 4 }], serving: [], counters }))!.p50Ms;
    expect(behind('land', 2)).toBeGreaterThan(3 * behind('tax', 2));
    expect(behind('land', 4)).toBeLessThan(behind('land', 2));
  });

  test('[WAIT-1] is next to nothing where nobody waits and a counter is free', () => {
    const asked = situation({ serving: ['tax'], idle: 1 });
    for (const learnt of [nothingLearnt(), steadyHall(200, minutes(30))]) {
      const { p50Ms, p90Ms } = estimateWait(learnt, asked)!;
      expect(p50Ms).toBeLessThanOrEqual(minutes(0.25));
      expect(p90Ms).toBeLessThanOrEqual(minutes(1));
    }
    expect(estimateWait(nothingLearnt(), { ...asked, ahead: people(1) })!.p50Ms).toBeGreaterThan(minutes(0.5));
  });

  test('[WAIT-1] is longer at a free counter where agents are slow to call', () => {
    const asked = situation({ serving: ['tax'], idle: 1 });
    const slow = learnAll(
      Array.from({ length: 200 }, (_, index): WaitObservation[] => [
        { kind: 'joined', ticket: 'a', at: index * minutes(10), situation: asked },
        { kind: 'called', ticket: 'a', at: index * minutes(10) + minutes(2) },
      ]).flat(),
    );
    expect(estimateWait(slow, asked)!.p90Ms).toBeGreaterThan(minutes(1.5));
    expect(slow.waits).toBe(0);
  });
});

describe('what it rests on', () => {
  test('[WAIT-2] is said as data, with how much of it there is', () => {
    const learnt = steadyHall(100, minutes(3));
    expect(estimateWait(learnt, situation({ ahead: people(4), idle: 0 }))!.restsOn).toEqual({
      services: 60,
      ownServices: 60,
      waits: 100,
      counters: 2,
      idle: 0,
      ahead: 4,
      serviceMs: expect.closeTo(minutes(2), -5) as number,
      thin: false,
      standardMs: null,
    });
  });

  test('[WAIT-2] one forgotten counter does not make everybody wait for hours', () => {
    const learnt = steadyHall(100, minutes(3));
    const after = learnWait(learnt, { kind: 'served', service: 'tax', durationMs: minutes(600) });
    const [before, now] = [learnt, after].map((each) => estimateWait(each, situation())!.restsOn.serviceMs);
    expect(now).toBeLessThan(1.25 * before!);
  });
});

describe('few data', () => {
  const standards = new Map([['tax', minutes(15)]]);

  test('[WAIT-3] are said to be few, with the standard that stands in', () => {
    const { p50Ms, p90Ms, restsOn } = estimateWait(nothingLearnt(standards), situation({ ahead: people(3) }))!;
    expect(restsOn).toMatchObject({ thin: true, standardMs: minutes(15), serviceMs: minutes(15), waits: 0 });
    // Three turns before theirs at two counters of 15 minutes each: some half an hour.
    expect(p50Ms).toBeGreaterThan(minutes(15));
    expect(p50Ms).toBeLessThan(minutes(45));
    expect(p90Ms).toBeGreaterThan(1.5 * p50Ms);
  });

  test('[WAIT-3] end with thirty waits and five services of the own kind, and not with either alone', () => {
    const thin = (learnt: LearntWaits, service = 'tax') => estimateWait(learnt, situation({ service }))!.restsOn.thin;
    expect(thin(steadyHall(29, minutes(3)))).toBe(true);
    expect(thin(steadyHall(30, minutes(3)))).toBe(false);
    expect(thin(steadyHall(30, minutes(3)), 'land')).toBe(true);
  });

  test('[WAIT-3] the standard gives way to what is lived through', () => {
    const { restsOn } = estimateWait(steadyHall(60, minutes(3), nothingLearnt(standards)), situation())!;
    expect(restsOn.serviceMs).toBeLessThan(minutes(4));
    expect(restsOn.standardMs).toBe(minutes(15));
  });
});

describe('learning', () => {
  test('[WAIT-4] goes on from where it stood: in two parts it is what it is in one', () => {
    fc.assert(
      fc.property(fc.array(anyObservation, { maxLength: 60 }), fc.nat(60), anySituation, (observations, cut, asked) => {
        const first = learnAll(observations.slice(0, cut));
        const before = JSON.stringify(plain(first));
        const both = learnAll(observations.slice(cut), first);
        expect(plain(both)).toEqual(plain(learnAll(observations)));
        expect(JSON.stringify(plain(first))).toBe(before);
        expect(estimateWait(both, asked)).toEqual(estimateWait(learnAll(observations), asked));
      }),
      { numRuns: 200, ...seed },
    );
  });

  test('[WAIT-4] knows a wait when it ends: who still waits, or left, changes nothing of what is said', () => {
    const learnt = steadyHall(50, minutes(3));
    const asked = situation({ ahead: people(3) });
    const said = estimateWait(learnt, asked)!.restsOn.waits;
    const joined = learnWait(learnt, { kind: 'joined', ticket: 'x', at: minutes(900), situation: asked });
    expect(estimateWait(joined, asked)!.restsOn.waits).toBe(said);
    const left = learnWait(joined, { kind: 'left', ticket: 'x' });
    expect(plain(learnWait(left, { kind: 'called', ticket: 'x', at: minutes(990) }))).toEqual(plain(left));
    expect(learnWait(joined, { kind: 'called', ticket: 'x', at: minutes(990) }).waits).toBe(51);
  });

  test('[WAIT-4] a new day forgets who waited yesterday, and keeps what was learnt', () => {
    const asked = situation({ ahead: people(3) });
    const evening = learnWait(steadyHall(50, minutes(3)), {
      kind: 'joined',
      ticket: 'x',
      at: minutes(900),
      situation: asked,
    });
    const morning = learnWait(evening, { kind: 'day-began' });
    expect(learnWait(morning, { kind: 'called', ticket: 'x', at: minutes(2_000) }).waits).toBe(50);
    expect(estimateWait(morning, asked)!.restsOn.thin).toBe(false);
  });
});

/** Learnt waits as plain data, so that two of them can be compared. */
const plain = (learnt: LearntWaits) => ({
  ...learnt,
  times: { ...learnt.times, byService: learnt.times.byService.toArray() },
  p50: { ...learnt.p50, offsets: learnt.p50.offsets.toArray() },
  p90: { ...learnt.p90, offsets: learnt.p90.offsets.toArray() },
  lastWaits: learnt.lastWaits.toArray(),
  waiting: learnt.waiting.toArray(),
});
