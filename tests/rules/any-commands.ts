import type { Command } from '@antrean/shared/domain/commands.ts';
import { decide } from '@antrean/shared/domain/decide.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import { evolve } from '@antrean/shared/domain/evolve.ts';
import { emptyHall, type Hall, ticketAt } from '@antrean/shared/domain/hall.ts';
import type { BranchId, CommandId, TicketId } from '@antrean/shared/domain/ids.ts';
import type { Decision } from '@antrean/shared/domain/refusal.ts';
import type { BranchSetup } from '@antrean/shared/domain/setup.ts';
import fc from 'fast-check';
import { agent, agentId, counterId, day, hallSetup, kiosk, manager, minutes, priorityId, serviceId } from './story.ts';

/** What is asked, before it is known which tickets there are: a place in the day's tickets stands for one of them. */
type Asked = (hall: Hall) => Record<string, unknown> & { type: Command['type'] };

const counter = fc.constantFrom('c1', 'c1', 'c1', 'c2', 'c3', 'nowhere').map(counterId);
const who = fc.constantFrom(agent('adi'), agent('budi'), manager, kiosk);
const service = fc.constantFrom('tax', 'tax', 'land', 'birth', 'moon').map(serviceId);
const priority = fc.constantFrom(null, null, 'elderly', 'infant', 'king').map((id) => id && priorityId(id));

const ticketOf = (hall: Hall, place: number): TicketId => {
  const ids = [...hall.tickets.keys()];
  return ids[place % Math.max(1, ids.length)] ?? ('none' as TicketId);
};

const plain = (type: Command['type']): fc.Arbitrary<Asked> =>
  counter.map((id): Asked => () => ({ type, counterId: id }));

const issue: fc.Arbitrary<Asked> = fc
  .record({ serviceId: service, priority, language: fc.constantFrom(null, 'id', 'en', 'fr') })
  .map((data): Asked => () => ({ type: 'issue-ticket', channel: 'kiosk', ...data }));

/** What the counter's own agent would do next: without it a random walk hardly ever serves anybody. */
const nextAtCounter: fc.Arbitrary<Asked> = fc
  .tuple(fc.constantFrom('c1', 'c2', 'c3').map(counterId), fc.constantFrom('start', 'finish', 'miss', 'recall'))
  .map(([id, otherwise]) => (hall) => {
    if (!hall.counters.has(id))
      return { type: 'open-counter', counterId: id, agentId: agentId(`of-${id}`), actor: manager };
    const ticket = ticketAt(hall, id);
    const type = !ticket ? 'call-next' : ticket.status === 'serving' ? 'finish' : (otherwise as Command['type']);
    return { type, counterId: id, outcome: null, actor: manager };
  });

const asked: fc.Arbitrary<Asked> = fc.oneof(
  { weight: 12, arbitrary: issue },
  { weight: 16, arbitrary: nextAtCounter },
  { weight: 3, arbitrary: plain('call-next') },
  { weight: 1, arbitrary: plain('recall') },
  { weight: 1, arbitrary: plain('start') },
  { weight: 1, arbitrary: plain('miss') },
  { weight: 1, arbitrary: plain('resume-counter') },
  { weight: 1, arbitrary: plain('close-counter') },
  { weight: 1, arbitrary: counter.map((id): Asked => () => ({ type: 'pause-counter', counterId: id, reason: 'tea' })) },
  { weight: 1, arbitrary: counter.map((id): Asked => () => ({ type: 'finish', counterId: id, outcome: 'done' })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(counter, fc.constantFrom('adi', 'budi', 'citra').map(agentId))
      .map(([id, by]): Asked => () => ({ type: 'open-counter', counterId: id, agentId: by })),
  },
  {
    weight: 2,
    arbitrary: fc.nat(50).map((place): Asked => (hall) => ({ type: 'cancel-ticket', ticketId: ticketOf(hall, place) })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(counter, fc.nat(50))
      .map(([id, place]): Asked => (hall) => ({ type: 'call-ticket', counterId: id, ticketId: ticketOf(hall, place) })),
  },
  { weight: 1, arbitrary: fc.nat(3).map((revision): Asked => () => ({ type: 'change-setup', revision })) },
  { weight: 1, arbitrary: fc.constant<Asked>(() => ({ type: 'close-day' })) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(day, day, '2026-08-17', '2026-08-19', '2026-08-20')
      .map((date): Asked => () => ({ type: 'open-day', date })),
  },
);

/** One command, and how long after the one before it is decided; a clock may also go back. */
const step = fc.record({
  asked,
  actor: who,
  afterMs: fc.oneof(fc.nat(minutes(10)), fc.constant(0), fc.integer({ min: -5_000, max: 0 })),
});

export const anyDay = fc.record({
  rules: fc.record(
    { confirmsArrival: fc.boolean(), callNextFinishes: fc.boolean(), callByMs: fc.nat(minutes(60)) },
    { requiredKeys: ['confirmsArrival', 'callNextFinishes'] },
  ),
  steps: fc.array(step, { minLength: 1, maxLength: 80, size: 'max' }),
});

export type AnyDay = typeof anyDay extends fc.Arbitrary<infer T> ? T : never;

/** A command as it was decided. */
export interface Lived {
  readonly setup: BranchSetup;
  readonly before: Hall;
  readonly command: Command;
  readonly now: number;
  readonly decision: Decision;
  readonly events: readonly HallEvent[];
  readonly after: Hall;
}

/** Lives a day from its opening, and answers with every command that was decided. */
export const live = ({ rules, steps }: AnyDay): Lived[] => {
  const setup = hallSetup(rules);
  let hall = emptyHall('hall' as BranchId);
  let now = Date.parse('2026-08-18T08:00:00+07:00');
  const opening = { asked: (() => ({ type: 'open-day', date: day })) as Asked, actor: manager, afterMs: 0 };
  return [opening, ...steps].map(({ asked, actor, afterMs }, index) => {
    now += afterMs;
    const commandId = `command-${index}` as CommandId;
    const command = { actor, ...asked(hall), commandId } as unknown as Command;
    const before = hall;
    const decision = decide(before, setup, command, now);
    const events = (decision.accepted ? decision.events : []).map((decided): HallEvent => {
      const at = Math.max(now, hall.lastAt);
      const event = { ...decided, version: hall.version + 1, at, commandId, actor: command.actor };
      hall = evolve(hall, event);
      return event;
    });
    return { setup, before, command, now, decision, events, after: hall };
  });
};
