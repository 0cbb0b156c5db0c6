import { checkLedger } from '@antrean/shared/domain/check-ledger.ts';
import { evolveAll } from '@antrean/shared/domain/evolve.ts';
import { comesBefore, emptyHall, type Hall, plainOf } from '@antrean/shared/domain/hall.ts';
import type { BranchId, TicketId } from '@antrean/shared/domain/ids.ts';
import { life } from '@antrean/shared/domain/life.ts';
import { parseNumber } from '@antrean/shared/domain/numbers.ts';
import { isOpen, type TicketStatus } from '@antrean/shared/domain/ticket.ts';
import { audiences } from '@antrean/shared/protocol/screens.ts';
import { audienceOf, viewOf } from '@antrean/shared/views/audience.ts';
import { noChanges, noteChange } from '@antrean/shared/views/changes.ts';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { anyDay, live, type Lived } from './any-commands.ts';

/** fast-check prints its seed and the shortest day that fails; `ANTREAN_SEED` runs that one again. */
const seed = process.env.ANTREAN_SEED === undefined ? {} : { seed: Number(process.env.ANTREAN_SEED) };
const numRuns = Number(process.env.ANTREAN_DAYS ?? 200);
const empty = emptyHall('hall' as BranchId);
const lived = { days: 0, commands: 0, events: 0, refusals: new Map<string, number>(), types: new Set<string>() };

const eachDay = (check: (day: readonly Lived[]) => void): void =>
  fc.assert(
    fc.property(anyDay, (day) => {
      const decided = live(day);
      lived.days += 1;
      lived.commands += decided.length;
      for (const { events, decision } of decided) {
        lived.events += events.length;
        for (const { type } of events) lived.types.add(type);
        if (decision.accepted) continue;
        const { code } = decision.refusal;
        lived.refusals.set(code, (lived.refusals.get(code) ?? 0) + 1);
      }
      check(decided);
    }),
    { numRuns, ...seed },
  );

afterAll(() => {
  const { days, commands, events, refusals, types } = lived;
  console.log(
    `properties: ${days} days, ${commands} commands, ${events} events of ${types.size} types, refused with ${refusals.size} codes`,
  );
});

test('the generator of days reaches every part of the domain: else it would prove nothing about it', () => {
  const decided = fc.sample(anyDay, { numRuns: 1_000, seed: 1 }).flatMap(live);
  const types = new Set(decided.flatMap(({ events }) => events.map(({ type }) => type)));
  const refusals = new Set(decided.flatMap(({ decision }) => (decision.accepted ? [] : [decision.refusal.code])));
  expect(types.size).toBe(32);
  expect(refusals.size).toBeGreaterThanOrEqual(30);
});

test('[REFUSE-1] whatever is asked gets events or a refusal, never an exception, and a refusal changes nothing', () => {
  eachDay((day) => {
    for (const { before, after, decision, events } of day) {
      if (decision.accepted) expect(events.length).toBeGreaterThan(0);
      else expect(after).toBe(before);
    }
  });
});

test('[FOLD-1] folding one by one, all at once, or from any place on comes to the same state', () => {
  eachDay((day) => {
    const events = day.flatMap((each) => each.events);
    const last = day.at(-1)!.after;
    expect(plainOf(evolveAll(empty, events))).toEqual(plainOf(last));
    const half = Math.floor(events.length / 2);
    expect(plainOf(evolveAll(evolveAll(empty, events.slice(0, half)), events.slice(half)))).toEqual(plainOf(last));
  });
});

test('[FOLD-1] neither deciding nor folding touches the state it is given', () => {
  eachDay((day) => {
    let before: ReturnType<typeof plainOf> | null = null;
    for (const { before: hall, after } of day) {
      if (before) expect(plainOf(hall)).toEqual(before);
      before = structuredClone(plainOf(after));
    }
  });
});

test('[NUM-1] [NUM-3] numbers are given without gap or double within prefix and day', () => {
  eachDay((day) => {
    let given = new Map<string, number>();
    let date = '';
    for (const { type, data } of day.flatMap(({ events }) => events)) {
      if (type === 'day.opened' && data.date !== date) [date, given] = [data.date, new Map()];
      if (type !== 'ticket.issued') continue;
      const { prefix, value } = parseNumber(data.number);
      expect(value).toBe((given.get(prefix) ?? 0) + 1);
      given.set(prefix, value);
    }
  });
});

test('[FOLD-2] lines, heads, totals, what counts against quotas and what holders have are those of the tickets, at every moment', () => {
  eachDay((day) => {
    for (const { after } of day) expect(countsOf(after)).toEqual(countedIn(after));
  });
});

const countsOf = ({ lines, waiting, aside, totals, lastSerial, issuedFor, holders }: Hall) => ({
  lines: lines.toArray().map(([key, { waiting, head }]) => [key, waiting, head.id]),
  waiting: [...waiting.values()].sort(),
  aside: aside.toArray(),
  issued: totals.issued,
  done: totals.done,
  lastSerial,
  issuedFor: issuedFor.toArray().filter(([, count]) => count > 0),
  holders: holders.toArray(),
});

const countedIn = ({ tickets }: Hall): ReturnType<typeof countsOf> => {
  const all = [...tickets.values()];
  const inLine = all
    .filter(({ status }) => status === 'waiting')
    .sort((a, b) => a.queuedAt - b.queuedAt || a.serial - b.serial);
  const lines = new Map<string, typeof inLine>();
  for (const ticket of inLine) {
    const kept =
      ticket.reservedFor &&
      ('agentId' in ticket.reservedFor ? `a:${ticket.reservedFor.agentId}` : `c:${ticket.reservedFor.counterId}`);
    const key = `${ticket.serviceId}|${ticket.priority ?? ''}|${kept ?? ''}|`;
    lines.set(key, [...(lines.get(key) ?? []), ticket]);
  }
  const counting = all.filter(({ status, wasCalled }) => status !== 'cancelled' || wasCalled);
  return {
    lines: [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, line]) => [key, line.length, line[0]!.id]),
    waiting: inLine.map(({ id }) => id).sort(),
    aside: all
      .filter(({ status }) => ['held', 'parked', 'missed'].includes(status))
      .map(({ id, status }): [TicketId, TicketStatus] => [id, status])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
    issued: all.length,
    done: all.filter(({ status }) => status === 'done').length,
    lastSerial: Math.max(0, ...all.map(({ serial }) => serial)),
    issuedFor: [...new Set(counting.map(({ issuedFor }) => issuedFor))]
      .sort()
      .map((id) => [id, counting.filter(({ issuedFor }) => issuedFor === id).length]),
    holders: all
      .filter(({ status }) => isOpen(status))
      .flatMap(({ id, holder, takenWith }) =>
        [holder, takenWith]
          .filter((code) => code !== undefined)
          .map((code): [string, TicketId] => [`${code}|${id}`, id]),
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  };
};

test('[COUNTER-1] [COUNTER-2] one ticket a counter, one counter an agent, and both sides agree', () => {
  eachDay((day) => {
    for (const { after } of day) {
      const counters = [...after.counters.values()];
      expect(new Set(counters.map(({ agentId }) => agentId)).size).toBe(counters.length);
      const seated = counters.flatMap(({ id, ticketId }) => (ticketId ? [[ticketId, id]] : []));
      const atCounter = [...after.tickets.values()].flatMap(({ id, counterId }) =>
        counterId ? [[id, counterId]] : [],
      );
      expect(seated.sort()).toEqual(atCounter.sort());
      for (const { status, counterId } of after.tickets.values()) {
        expect(counterId !== null).toBe(status === 'called' || status === 'serving');
      }
    }
  });
});

test('[CALL-2] within a service and class nobody is called before somebody who came earlier, unless chosen', () => {
  eachDay((day) => {
    for (const { before, events, setup } of day) {
      for (const { type, data } of events) {
        if (type !== 'ticket.called' || data.why.rule === 'chosen') continue;
        const called = before.tickets.get(data.ticketId)!;
        const isServed = setup.counters.get(data.counterId)?.serves.has(called.serviceId);
        expect(isServed).toBe(data.why.rule !== 'overflow');
        for (const other of before.tickets.values()) {
          if (other.status !== 'waiting' || other.serviceId !== called.serviceId) continue;
          if (other.priority !== called.priority) continue;
          if (JSON.stringify(other.reservedFor) !== JSON.stringify(called.reservedFor)) continue;
          expect(comesBefore(other, called)).toBe(false);
        }
      }
    }
  });
});

test('[TIME-1] the last instant of a hall never goes back, though clocks do', () => {
  eachDay((day) => {
    for (const { before, after, events } of day) {
      expect(after.lastAt).toBeGreaterThanOrEqual(before.lastAt);
      for (const { at } of events) expect(at).toBeGreaterThanOrEqual(before.lastAt);
    }
  });
});

test('[LIFE-1] tickets move only as the table says', () => {
  eachDay((day) => {
    let hall = empty;
    for (const event of day.flatMap(({ events }) => events)) {
      const before = hall;
      hall = evolveAll(hall, [event]);
      if (!('ticketId' in event.data) || event.type === 'ticket.issued' || event.type === 'ticket.undone') continue;
      const { ticketId } = event.data;
      const [was, is] = [before, hall].map(({ tickets }) => tickets.get(ticketId)!.status);
      if (was !== is) expect(Object.values(life[was!])).toContain(is);
    }
  });
});

test("[SAME-3] the checker of ledgers finds nothing wrong with any day's ledger", () => {
  eachDay((day) => {
    expect(
      checkLedger(
        'hall' as BranchId,
        day.flatMap(({ events }) => events),
      ),
    ).toEqual([]);
  });
});

test('[SHOW-7] a view kept up key by key is the view computed anew, for every audience and after every event', () => {
  eachDay((day) => {
    for (const name of audiences) {
      let hall = empty;
      const kept = viewOf(name, hall);
      for (const event of day.flatMap(({ events }) => events)) {
        const keys = audienceOf[name].touched(event, hall);
        hall = evolveAll(hall, [event]);
        for (const key of keys) {
          const value = audienceOf[name].value(hall, key);
          if (value === undefined) kept.delete(key);
          else kept.set(key, value);
        }
        expect(kept).toEqual(viewOf(name, hall));
      }
    }
  });
});

test("[SHOW-7] the keys noted over many events are those of the staff's view, and cover the board's", () => {
  eachDay((day) => {
    const events = day.flatMap((each) => each.events);
    const changes = noChanges();
    let hall = empty;
    for (const event of events) {
      noteChange(changes, event, hall);
      hall = evolveAll(hall, [event]);
    }
    expect(changes.events).toEqual(events);
    for (const name of audiences) {
      const before = viewOf(name, empty);
      const after = viewOf(name, hall);
      for (const key of new Set([...before.keys(), ...after.keys()])) {
        const isSame = JSON.stringify(before.get(key)) === JSON.stringify(after.get(key));
        if (!isSame) expect(changes.keys.has(key), key).toBe(true);
      }
    }
  });
});
