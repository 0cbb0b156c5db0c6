import { decide } from '@antrean/shared/domain/decide.ts';
import type { Command, CommandType } from '@antrean/shared/domain/commands.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import { evolve } from '@antrean/shared/domain/evolve.ts';
import { type Hall, plainOf, ticketAt } from '@antrean/shared/domain/hall.ts';
import { nextFew } from '@antrean/shared/domain/next-few.ts';
import type { BranchSetup } from '@antrean/shared/domain/setup.ts';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { anyDay, live } from './any-commands.ts';
import { at, counterId, manager, newCommandId, Story } from './story.ts';

const few = { lists: 0, rules: new Set<string>(), longest: 0 };
afterAll(() => {
  console.log(`next few: ${few.lists} lists, up to ${few.longest} tickets, by ${[...few.rules].join(', ')}`);
  // A generator that reaches one way of choosing alone proves nothing; the rarest decide one list in hundreds.
  expect(few.rules.size).toBeGreaterThanOrEqual(3);
  expect(few.longest).toBe(5);
});

/** The hall after a command, or `null` where it is refused. */
const after = (
  hall: Hall,
  setup: BranchSetup,
  now: number,
  asked: { type: CommandType } & Record<string, unknown>,
): { hall: Hall; events: readonly HallEvent[] } | null => {
  const commandId = newCommandId();
  const decision = decide(hall, setup, { ...asked, commandId, actor: manager } as unknown as Command, now);
  if (!decision.accepted) return null;
  const events: HallEvent[] = [];
  for (const decided of decision.events) {
    const event = { ...decided, version: hall.version + 1, at: Math.max(now, hall.lastAt), commandId, actor: manager };
    hall = evolve(hall, event);
    events.push(event);
  }
  return { hall, events };
};

/** Who comes at the end of the day: most days leave too few behind for a choice among several. */
const newcomers = fc.array(
  fc.record({
    serviceId: fc.constantFrom('tax', 'land', 'birth'),
    priority: fc.constantFrom(null, 'elderly', 'infant'),
    afterMs: fc.nat(600_000),
  }),
  { maxLength: 10, size: 'max' },
);

test('[NEXT-1] the next few are those that "call next" then calls one after another, for the same reasons', () => {
  fc.assert(
    fc.property(
      anyDay,
      newcomers,
      fc.constantFrom('c1', 'c2', 'c3').map(counterId),
      fc.nat(60),
      (day, more, id, late) => {
        const lived = live(day).at(-1);
        if (!lived?.after.day?.isOpen) return;
        const { setup } = lived;
        let hall = lived.after;
        for (const { afterMs, ...visitor } of more) {
          const asked = { type: 'issue-ticket', channel: 'kiosk', language: null, ...visitor } as const;
          hall = after(hall, setup, hall.lastAt + afterMs, asked)?.hall ?? hall;
        }
        const now = hall.lastAt + late * 60_000;
        const free = (): void => {
          const ticket = ticketAt(hall, id);
          if (ticket) hall = after(hall, setup, now, { type: 'cancel-ticket', ticketId: ticket.id })?.hall ?? hall;
        };
        // The counter is there and free, so that it may call at all.
        hall = after(hall, setup, now, { type: 'open-counter', counterId: id, agentId: 'zul' })?.hall ?? hall;
        hall = after(hall, setup, now, { type: 'resume-counter', counterId: id })?.hall ?? hall;
        free();
        const before = plainOf(hall);
        const foreseen = nextFew(hall, setup, id, now, 5);
        expect(plainOf(hall)).toEqual(before);
        const called = [];
        while (called.length < 5) {
          const call = after(hall, setup, now, { type: 'call-next', counterId: id });
          const [event] = call?.events ?? [];
          if (!call || event?.type !== 'ticket.called') break;
          called.push({ id: event.data.ticketId, why: event.data.why });
          hall = call.hall;
          free();
        }
        expect(foreseen.map(({ ticket, why }) => ({ id: ticket.id, why }))).toEqual(called);
        few.lists += 1;
        few.longest = Math.max(few.longest, called.length);
        for (const { why } of called) few.rules.add(why.rule);
      },
    ),
    { numRuns: Number(process.env.ANTREAN_DAYS ?? 400) },
  );
});

test('[NEXT-1] the next few of a ratio take turns, and a counter that is not there has none', () => {
  const story = new Story({ ratio: { normal: 2, priority: 1 } }).openDay().openCounter();
  for (const time of ['09:00', '09:01', '09:02']) story.issue('tax', time);
  for (const time of ['09:03', '09:04']) story.issue('land', time, 'elderly');
  const next = nextFew(story.hall, story.setup, counterId('c1'), at('09:30'), 5);
  expect(next.map(({ ticket, why }) => `${ticket.number} ${why.rule}`)).toEqual([
    'B001 ratio',
    'A001 ratio',
    'A002 ratio',
    'B002 ratio',
    'A003 longest-wait',
  ]);
  expect(nextFew(story.hall, story.setup, counterId('nowhere'), at('09:30'), 5)).toEqual([]);
  expect(nextFew(story.hall, story.setup, counterId('c1'), at('09:30'), 2)).toHaveLength(2);
});
