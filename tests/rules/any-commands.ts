import type { Command } from '@antrean/shared/domain/commands.ts';
import { decide } from '@antrean/shared/domain/decide.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import { evolve } from '@antrean/shared/domain/evolve.ts';
import { emptyHall, type Hall, ticketAt } from '@antrean/shared/domain/hall.ts';
import type { BranchId, CommandId, StaffId, TicketId } from '@antrean/shared/domain/ids.ts';
import type { Decision } from '@antrean/shared/domain/refusal.ts';
import type { BranchSetup } from '@antrean/shared/domain/setup.ts';
import { isOpen, type TicketStatus } from '@antrean/shared/domain/ticket.ts';
import fc from 'fast-check';
import {
  agent,
  agentId,
  counterId,
  day,
  hallSetup,
  journeyId,
  kiosk,
  manager,
  minutes,
  priorityId,
  serviceId,
  type Skills,
} from './story.ts';

/** What is asked, before it is known which tickets there are: a place in the day's tickets stands for one of them. */
type Asked = (hall: Hall) => Record<string, unknown> & { type: Command['type'] };

const counter = fc.constantFrom('c1', 'c1', 'c1', 'c2', 'c3', 'nowhere').map(counterId);
const who = fc.constantFrom(agent('adi'), agent('budi'), manager, kiosk);
const service = fc.constantFrom('tax', 'tax', 'land', 'birth', 'moon').map(serviceId);
const journey = fc.constantFrom('newborn', 'moved', 'moved', 'house', 'moonlight').map(journeyId);
const priority = fc.constantFrom(null, null, 'elderly', 'infant', 'king').map((id) => id && priorityId(id));

const ticketOf = (hall: Hall, place: number): TicketId => {
  const ids = [...hall.tickets.keys()];
  return ids[place % Math.max(1, ids.length)] ?? ('none' as TicketId);
};

const plain = (type: Command['type']): fc.Arbitrary<Asked> =>
  counter.map((id): Asked => () => ({ type, counterId: id }));

const issue: fc.Arbitrary<Asked> = fc
  .record(
    {
      what: fc.oneof(
        { weight: 3, arbitrary: fc.record({ serviceId: service }) },
        { weight: 2, arbitrary: fc.record({ journeyId: journey }) },
      ),
      priority,
      language: fc.constantFrom(null, 'id', 'en', 'fr'),
      holder: fc.constantFrom('x', 'y'),
      takenWith: fc.constantFrom('p', 'q', 'r'),
      // From the last event: early, in time, late, or of another day.
      bookedAfterMs: fc.oneof(
        fc.integer({ min: -minutes(20), max: minutes(40) }),
        fc.constantFrom(0, minutes(10), minutes(1440)),
      ),
    },
    { requiredKeys: ['what', 'priority', 'language'] },
  )
  .map(({ what, bookedAfterMs, ...data }): Asked => ({ lastAt }) => ({
    type: 'issue-ticket',
    channel: 'kiosk',
    ...what,
    ...data,
    ...(bookedAfterMs !== undefined && { bookedFor: Math.max(0, lastAt + bookedAfterMs) }),
  }));

/** What the counter's own agent would do next: without it a random walk hardly ever serves anybody. */
const nextAtCounter: fc.Arbitrary<Asked> = fc
  .tuple(fc.constantFrom('c1', 'c2', 'c3').map(counterId), fc.constantFrom('start', 'finish', 'miss', 'recall'))
  .map(([id, otherwise]) => (hall) => {
    if (!hall.counters.has(id))
      return { type: 'open-counter', counterId: id, agentId: agentId(`of-${id}`), actor: manager };
    const ticket = ticketAt(hall, id);
    const common = { counterId: id, outcome: null, actor: manager };
    if (otherwise === 'recall') {
      const { agentId: by } = hall.counters.get(id)!;
      const parked = [...hall.tickets.values()].find(
        ({ status, reservedFor }) =>
          status === 'parked' && reservedFor && 'agentId' in reservedFor && reservedFor.agentId === by,
      );
      if (!ticket && parked) return { ...common, type: 'resume-ticket', ticketId: parked.id };
      if (ticket?.status === 'serving') return { ...common, type: 'park' };
    }
    const type = !ticket ? 'call-next' : ticket.status === 'serving' ? 'finish' : (otherwise as Command['type']);
    return { ...common, type };
  });

const someTicket = (hall: Hall, place: number, statuses: readonly TicketStatus[]): TicketId => {
  const fitting = [...hall.tickets.values()].filter(({ status }) => statuses.includes(status));
  return fitting[place % Math.max(1, fitting.length)]?.id ?? ticketOf(hall, place);
};

/** Setting tickets aside and taking them back, mostly where they stand so that it can be done. */
const aside: fc.Arbitrary<Asked> = fc
  .tuple(fc.constantFrom('hold', 'postpone', 'return', 'ready', 'resume', 'rejoin', 'end-missed'), fc.nat(50), counter)
  .map(([what, place, id]): Asked => (hall) => {
    if (what === 'hold') {
      const ticketId = someTicket(hall, place, ['waiting', 'called', 'serving']);
      return { type: 'hold-ticket', ticketId, reason: 'a copy', minutes: 5, actor: manager };
    }
    if (what === 'postpone') return { type: 'postpone-ticket', ticketId: someTicket(hall, place, ['waiting']) };
    if (what === 'ready') {
      const ticketId = someTicket(hall, place, ['held']);
      return { type: 'return-ticket', ticketId, actor: { kind: 'visitor' } };
    }
    if (what === 'return') {
      const ticketId = someTicket(hall, place, ['held', 'parked', 'called', 'serving']);
      return { type: 'return-ticket', ticketId, actor: manager };
    }
    if (what === 'resume') {
      return { type: 'resume-ticket', counterId: id, ticketId: someTicket(hall, place, ['parked']), actor: manager };
    }
    const type = what === 'rejoin' ? 'rejoin-ticket' : 'end-missed';
    return { type, ticketId: someTicket(hall, place, ['missed']) };
  });

const transfer: fc.Arbitrary<Asked> = fc
  .record({
    place: fc.nat(50),
    serviceId: fc.option(service),
    reservedFor: fc.constantFrom(
      null,
      null,
      { counterId: counterId('c1') },
      { counterId: counterId('c9') },
      { agentId: agentId('adi') },
      { agentId: agentId('of-c1') },
    ),
    note: fc.constantFrom(null, 'bring the form'),
    comesBack: fc.boolean(),
  })
  .map(({ place, ...data }): Asked => (hall) => ({
    type: 'transfer-ticket',
    ticketId: someTicket(hall, place, ['called', 'serving', 'waiting', 'held']),
    ...data,
    actor: manager,
  }));

const ofTicket: fc.Arbitrary<Asked> = fc
  .tuple(fc.nat(50), service, fc.constantFrom('add-leg', 'note-ticket', 'change-priority'), priority)
  .map(([place, serviceId, type, priority]): Asked => (hall) => ({
    type: type as Command['type'],
    ticketId: someTicket(hall, place, ['called', 'serving', 'waiting']),
    serviceId,
    note: 'speaks slowly',
    priority,
    actor: manager,
  }));

const ofHall: fc.Arbitrary<Asked> = fc
  .tuple(
    service,
    fc.constantFrom('pause-service', 'resume-service', 'resume-service', 'show-message', 'hide-message'),
    fc.constantFrom('en', 'fr'),
  )
  .map(([serviceId, type, language]): Asked => () => ({
    type: type as Command['type'],
    serviceId,
    reason: 'no network',
    texts: { [language]: 'back at noon' },
    minutes: 10,
    actor: manager,
  }));

/** An agent for whom something is kept, if there is one. */
const keptFor = (hall: Hall): StaffId => {
  for (const { status, reservedFor } of hall.tickets.values()) {
    if (isOpen(status) && reservedFor && 'agentId' in reservedFor) return reservedFor.agentId;
  }
  return agentId('adi');
};

const run: fc.Arbitrary<Asked> = fc
  .record({ isVoid: fc.boolean(), from: fc.nat(8), length: fc.nat(5), to: fc.constantFrom(null, agentId('budi')) })
  .map(
    ({ isVoid, from, length, to }): Asked =>
      (hall) =>
        isVoid
          ? { type: 'void-tickets', prefix: 'A', from, to: from + length }
          : { type: 'reassign-tickets', agentId: keptFor(hall), toAgentId: to },
  );

/** Somebody's leaving is taken back: mostly the last one's, which may still be in time. */
const takeBack: fc.Arbitrary<Asked> = fc.nat(50).map((place): Asked => (hall) => {
  const gone = [...hall.tickets.values()].filter(({ left }) => left).sort((a, b) => b.endedAt! - a.endedAt!);
  return { type: 'take-back-ticket', ticketId: (place % 5 > 0 && gone[0]?.id) || ticketOf(hall, place) };
});

const asked: fc.Arbitrary<Asked> = fc.oneof(
  { weight: 12, arbitrary: issue },
  { weight: 16, arbitrary: nextAtCounter },
  { weight: 3, arbitrary: plain('call-next') },
  { weight: 1, arbitrary: plain('recall') },
  { weight: 1, arbitrary: plain('start') },
  { weight: 1, arbitrary: plain('miss') },
  { weight: 2, arbitrary: plain('park') },
  { weight: 3, arbitrary: plain('undo') },
  { weight: 3, arbitrary: aside },
  { weight: 3, arbitrary: transfer },
  { weight: 3, arbitrary: ofTicket },
  { weight: 2, arbitrary: run },
  { weight: 2, arbitrary: ofHall },
  { weight: 1, arbitrary: plain('resume-counter') },
  { weight: 1, arbitrary: plain('close-counter') },
  { weight: 1, arbitrary: counter.map((id): Asked => () => ({ type: 'pause-counter', counterId: id, reason: 'tea' })) },
  { weight: 1, arbitrary: counter.map((id): Asked => () => ({ type: 'finish', counterId: id, outcome: 'done' })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(counter, fc.constantFrom('adi', 'budi', 'citra').map(agentId), fc.boolean(), fc.boolean())
      .map(([id, by, takesOver, moves]): Asked => (hall) => {
        const from = takesOver ? hall.counters.get(id)?.agentId : undefined;
        const left = moves && [...hall.counters.values()].find(({ agentId }) => agentId === by)?.id;
        return {
          type: 'open-counter',
          counterId: id,
          agentId: by,
          ...(from && { takeOverFrom: from }),
          ...(left && { moveFrom: left }),
        };
      }),
  },
  {
    weight: 2,
    arbitrary: fc.nat(50).map((place): Asked => (hall) => ({ type: 'cancel-ticket', ticketId: ticketOf(hall, place) })),
  },
  { weight: 3, arbitrary: takeBack },
  {
    weight: 2,
    arbitrary: fc.tuple(counter, fc.nat(50)).map(([id, place]): Asked => (hall) => ({
      type: 'call-ticket',
      counterId: id,
      ticketId: ticketOf(hall, place),
      ...(place % 3 > 0 && { reason: 'asked for' }),
    })),
  },
  { weight: 1, arbitrary: fc.nat(3).map((revision): Asked => () => ({ type: 'change-setup', revision })) },
  { weight: 3, arbitrary: fc.constant<Asked>(() => ({ type: 'run-timers', actor: { kind: 'timer' } })) },
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

export const anyRatio = fc.record({ normal: fc.integer({ min: 1, max: 4 }), priority: fc.integer({ min: 1, max: 4 }) });

/** Less skill at a counter that serves all, and help by those that serve one service. */
export const anySkills = fc.record(
  {
    later: fc.record({ c1: fc.record({ tax: fc.nat(30), birth: fc.nat(30) }, { requiredKeys: [] }) }),
    helpsAfter: fc.record({ c2: fc.record({ land: fc.nat(30), birth: fc.nat(30) }, { requiredKeys: [] }) }),
  },
  { requiredKeys: [] },
);

export const anyDay = fc.record({
  rules: fc.record(
    {
      confirmsArrival: fc.boolean(),
      callNextFinishes: fc.boolean(),
      callByMs: fc.nat(minutes(60)),
      undoWithinMs: fc.constantFrom(0, minutes(1), minutes(60)),
      rejoin: fc.record(
        {
          withinMs: fc.nat(minutes(20)),
          withinCalls: fc.nat(4),
          times: fc.nat(2),
          late: fc.constantFrom('end-of-line', 'no-show'),
        },
        { requiredKeys: ['times', 'late'] },
      ),
      moreTime: fc.record({ forMs: fc.nat(minutes(20)), times: fc.integer({ min: 1, max: 2 }) }),
      unanswered: fc.record({
        afterMs: fc.nat(minutes(10)),
        recalls: fc.nat(3),
        then: fc.constantFrom('missed', 'nothing'),
      }),
      ratio: anyRatio,
      appointments: fc.record({ earlyMs: fc.nat(minutes(40)), lateMs: fc.nat(minutes(15)) }),
    },
    { requiredKeys: ['confirmsArrival', 'callNextFinishes'] },
  ),
  services: fc.record(
    {
      tax: fc.record({ quota: fc.integer({ min: 1, max: 12 }) }),
      land: fc.record({ onePerHolder: fc.boolean(), quota: fc.constant(9) }),
    },
    { requiredKeys: [] },
  ),
  skills: anySkills,
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
export const live = ({ rules, services, skills, steps }: AnyDay): Lived[] => {
  const setup = hallSetup(rules, { services, ...(skills as Skills) });
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
