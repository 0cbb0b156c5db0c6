import type { EventData } from '@antrean/shared/domain/events.ts';
import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { BranchSetup, Ratio } from '@antrean/shared/domain/setup.ts';
import type { Ticket } from '@antrean/shared/domain/ticket.ts';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { anyRatio, anySkills } from './any-commands.ts';
import { counterId, minutes, serviceId, priorityId, type Skills, Story } from './story.ts';

/** fast-check prints its seed and the shortest load that fails; `ANTREAN_SEED` runs that one again. */
const seed = process.env.ANTREAN_SEED === undefined ? {} : { seed: Number(process.env.ANTREAN_SEED) };
const numRuns = Number(process.env.ANTREAN_DAYS ?? 200);

const stepsOf = (priorities: readonly (string | null)[], arrivals: number, counters: readonly string[]) =>
  fc.array(
    fc.record({
      arrivals: fc.array(
        fc.record({
          service: fc.constantFrom('tax', 'land', 'birth'),
          priority: fc.constantFrom(...priorities),
        }),
        { minLength: arrivals, maxLength: 3 },
      ),
      afterMs: fc.oneof(fc.nat(minutes(1)), fc.nat(minutes(4)), fc.constant(0)),
      counter: fc.constantFrom(...counters),
    }),
    { minLength: 20, maxLength: 120, size: 'max' },
  );

/** A busy hall, or one counter that is crushed: at every call somebody of the class with the most rights has just come. */
const anyLoad = fc.record({
  rules: fc.record({ callByMs: fc.integer({ min: 1, max: 60 }).map(minutes), ratio: anyRatio }, { requiredKeys: [] }),
  skills: anySkills,
  steps: fc.oneof(
    stepsOf([null, null, 'infant', 'elderly', 'elderly'], 0, ['c1', 'c1', 'c2', 'c3']),
    stepsOf([null, 'elderly', 'elderly', 'elderly', 'elderly', 'elderly'], 1, ['c1']),
  ),
});

/** A "call next" of a load: who was called, if anybody, and the hall before it. */
interface Call {
  readonly before: Hall;
  readonly now: number;
  readonly counter: string;
  readonly called: EventData['ticket.called'] | null;
}

interface Load {
  readonly setup: BranchSetup;
  readonly calls: readonly Call[];
  readonly after: Hall;
}

const counted = { calls: 0, rules: new Map<string, number>() };

const liveUnder = ({ rules, skills, steps }: typeof anyLoad extends fc.Arbitrary<infer T> ? T : never): Load => {
  const story = new Story({ callNextFinishes: true, confirmsArrival: false, ...rules }, skills as Skills);
  story.openDay().openCounter('c1', 'adi').openCounter('c2', 'budi').openCounter('c3', 'citra');
  let now = story.hall.lastAt;
  const calls = steps.map(({ arrivals, afterMs, counter }): Call => {
    for (const { service, priority } of arrivals) {
      const visitor = {
        serviceId: serviceId(service),
        priority: priority === null ? null : priorityId(priority),
        language: null,
      };
      story.tell('issue-ticket', { ...visitor, channel: 'kiosk' }, now);
    }
    now += afterMs;
    const command = { counterId: counterId(counter) };
    const before = story.hall;
    if (!story.ask('call-next', command, now).accepted) return { before, now, counter, called: null };
    const called = story.tell('call-next', command, now).at(-1)?.data as EventData['ticket.called'];
    counted.calls += 1;
    counted.rules.set(called.why.rule, (counted.rules.get(called.why.rule) ?? 0) + 1);
    return { before, now, counter, called };
  });
  return { setup: story.setup, calls, after: story.hall };
};

const eachLoad = (check: (load: Load) => void): void =>
  fc.assert(
    fc.property(anyLoad, (load) => check(liveUnder(load))),
    { numRuns, ...seed },
  );

afterAll(() => {
  console.log(`fairness: ${counted.calls} calls by ${JSON.stringify(Object.fromEntries(counted.rules))}`);
  // A generator that never reaches a rule proves nothing about it.
  expect([...counted.rules.keys()].sort()).toEqual(
    ['call-by', 'head-start', 'longest-wait', 'overflow', 'ratio', 'skill'].sort(),
  );
});

const waitingAt = ({ counters }: BranchSetup, hall: Hall, counter: string): Ticket[] => {
  const { serves } = counters.get(counterId(counter))!;
  return [...hall.tickets.values()].filter(({ status, serviceId }) => status === 'waiting' && serves.has(serviceId));
};

const cameFirst = (tickets: readonly Ticket[]): Ticket | undefined =>
  [...tickets].sort((a, b) => a.queuedAt - b.queuedAt || a.serial - b.serial)[0];

test('[CALL-4] nobody waits past the limit while somebody younger is called, whatever class, skill or ratio', () => {
  eachLoad(({ setup, calls }) => {
    const { callByMs } = setup.rules;
    for (const { before, now, counter, called } of calls) {
      const overdue = waitingAt(setup, before, counter).filter(
        ({ queuedAt }) => callByMs !== undefined && now - queuedAt > callByMs,
      );
      if (overdue.length === 0) expect(called?.why.rule).not.toBe('call-by');
      else expect(called).toMatchObject({ ticketId: cameFirst(overdue)?.id, why: { rule: 'call-by' } });
    }
  });
});

test('[CALL-9] whenever both kinds wait and nobody is past the limit the ratio decides, and in every window it holds', () => {
  eachLoad(({ setup, calls }) => {
    const { ratio, callByMs = Infinity } = setup.rules;
    const kinds = new Map<string, boolean[]>();
    for (const { before, now, counter, called } of calls) {
      const waiting = waitingAt(setup, before, counter);
      const isOverdue = waiting.some(({ queuedAt }) => now - queuedAt > callByMs);
      const isContested = new Set(waiting.map(({ priority }) => priority === null)).size === 2;
      expect(called?.why.rule === 'ratio').toBe(ratio !== undefined && isContested && !isOverdue);
      if (called?.why.rule !== 'ratio') continue;
      const isPriority = before.tickets.get(called.ticketId)?.priority !== null;
      kinds.set(counter, [...(kinds.get(counter) ?? []), isPriority]);
    }
    if (ratio)
      for (const each of kinds.values()) expect(windowsOf(each, ratio)).toEqual(windowsOf([], ratio, each.length));
  });
});

/** How many of a priority class each window holds; without calls: how many it must. */
const windowsOf = (kinds: readonly boolean[], { normal, priority }: Ratio, calls = kinds.length): number[] => {
  const size = normal + priority;
  return Array.from({ length: Math.max(0, calls - size + 1) }, (_, from) =>
    kinds.length === 0 ? priority : kinds.slice(from, from + size).filter(Boolean).length,
  );
};

test('[CALL-10] a counter helps when nobody waits for it and somebody elsewhere has waited long enough, and only then', () => {
  eachLoad(({ setup, calls }) => {
    for (const { before, now, counter, called } of calls) {
      const { helpsAfterMs } = setup.counters.get(counterId(counter))!;
      const helped = [...before.tickets.values()].filter(({ status, serviceId, queuedAt }) => {
        const afterMs = helpsAfterMs?.get(serviceId);
        return status === 'waiting' && afterMs !== undefined && now - queuedAt >= afterMs;
      });
      const isIdle = waitingAt(setup, before, counter).length === 0;
      expect(called?.why.rule === 'overflow').toBe(isIdle && helped.length > 0);
      expect(called === null).toBe(isIdle && helped.length === 0);
      if (called?.why.rule === 'overflow') expect(helped.map(({ id }) => id)).toContain(called.ticketId);
    }
  });
});

/** The most that one ticket of a counter can be put before another: head start and less skill together. */
const mostMs = ({ counters, priorities }: BranchSetup, counter: string): number => {
  const { laterMs } = counters.get(counterId(counter))!;
  return (
    Math.max(...[...priorities.values()].map(({ headStartMs }) => headStartMs)) +
    Math.max(0, ...(laterMs?.values() ?? []))
  );
};

test('[CALL-11] nobody is called before another of the kind who came earlier by more than head start and skill', () => {
  eachLoad(({ setup, calls }) => {
    for (const { before, counter, called } of calls) {
      if (!called || called.why.rule === 'overflow') continue;
      const ticket = before.tickets.get(called.ticketId)!;
      const others = waitingAt(setup, before, counter).filter(
        ({ priority }) => called.why.rule !== 'ratio' || (priority === null) === (ticket.priority === null),
      );
      const earliest = Math.min(...others.map(({ queuedAt }) => queuedAt));
      expect(ticket.queuedAt - earliest).toBeLessThanOrEqual(mostMs(setup, counter));
    }
  });
});

test('[CALL-11] no load makes anybody wait for more calls than those who may go before, and the turns between', () => {
  eachLoad(({ setup, calls, after }) => {
    const { ratio } = setup.rules;
    const mostTurns = ratio ? Math.max(ratio.normal, ratio.priority) : 0;
    const all = [...after.tickets.values()];
    for (const ticket of all) {
      // Counter 1 serves everything: how often it called others while this one waited.
      const passed = calls.filter(
        ({ before, counter, called }) =>
          counter === 'c1' && before.tickets.get(ticket.id)?.status === 'waiting' && called?.ticketId !== ticket.id,
      ).length;
      const mayGoBefore = all.filter(
        ({ id, queuedAt }) => id !== ticket.id && queuedAt <= ticket.queuedAt + mostMs(setup, 'c1'),
      );
      const ofKind = mayGoBefore.filter(({ priority }) => (priority === null) === (ticket.priority === null));
      const most = ratio
        ? (ofKind.length + 1) * (1 + mostTurns) + mayGoBefore.length - ofKind.length
        : mayGoBefore.length;
      expect(passed).toBeLessThanOrEqual(most);
    }
  });
});
