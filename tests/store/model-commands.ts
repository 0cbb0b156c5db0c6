import { randomUUID } from 'node:crypto';
import { businessDate } from '@antrean/shared/domain/business-day.ts';
import { reachedAt } from '@antrean/shared/domain/local-time.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { plainHall } from '../harness/plain-hall.ts';
import type { HallModel } from './hall-model.ts';
import type { ModelCommand, ModelSetup, ModelTicket } from './model-types.ts';

const dateIn = (days: number): string =>
  businessDate(Date.now() + days * 86_400_000, plainHall.zone, plainHall.dayStartsAt);
/** Ahead of the hall's own day, so that the running jobs leave it alone. */
const firstDay = dateIn(1);

type Services = Blueprint['services'];
type Counters = Blueprint['counters'];
type Journeys = NonNullable<Blueprint['journeys']>;
const [first, second, s2, third] = plainHall.services as [Services[0], Services[0], Services[0], Services[0]];
const numbers = { from: 5, to: 20, step: 3 };
const s0 = { ...first, quota: 4 };
const s1 = { ...second, numbers };
const s3 = { ...third, prefix: 'B', numbers };

const journey = (id: string, steps: string[][]): Journeys[number] => ({
  id,
  name: { en: id },
  steps,
  source: 'made for tests',
});
const free = journey('J-free', [['S-0', 'S-2']]);

/** Set-ups that a hall may have one after another: shared prefixes, and counters that serve different services. */
export const layouts: readonly {
  readonly services: Services;
  readonly counters: Counters;
  readonly journeys: Journeys;
}[] = [
  {
    services: [s0, s1, { ...s2, prefix: 'A' }],
    counters: [
      { id: 'C-1', number: 1, serves: { agencies: ['A'] } },
      { id: 'C-2', number: 2, serves: { services: ['S-0', 'S-1'] } },
      { id: 'C-3', number: 3, serves: { services: ['S-2'] } },
    ],
    journeys: [free, journey('J-steps', [['S-1'], ['S-0', 'S-2']])],
  },
  // One service and one counter more.
  {
    services: [s0, s1, { ...s2, prefix: 'A' }, s3],
    counters: [
      { id: 'C-1', number: 1, serves: { agencies: ['A'] } },
      { id: 'C-2', number: 2, serves: { services: ['S-0', 'S-1'] } },
      { id: 'C-3', number: 3, serves: { services: ['S-0', 'S-2'] } },
      { id: 'C-4', number: 4, serves: { services: ['S-1', 'S-3'] } },
    ],
    journeys: [free, journey('J-steps', [['S-1'], ['S-2', 'S-3', 'S-0']])],
  },
  // One service fewer, and a counter that serves less.
  {
    services: [
      { ...s0, quota: 2 },
      { ...s2, prefix: 'A' },
    ],
    counters: [
      { id: 'C-1', number: 1, serves: { agencies: ['A'] } },
      { id: 'C-2', number: 2, serves: { services: ['S-0'] } },
      { id: 'C-3', number: 3, serves: { services: ['S-2'] } },
    ],
    journeys: [free, journey('J-steps', [['S-2'], ['S-0']])],
  },
];

export const blueprintOf = (branch: string, layout: number, rules: Blueprint['rules']): Blueprint => ({
  ...plainHall,
  ...layouts[layout],
  branch,
  rules,
});

export const setupOf = ({ services, counters, rules, journeys = [] }: Blueprint): ModelSetup => ({
  journeys: new Map(journeys.map(({ id, steps }) => [id, steps])),
  services: new Map(services.map((service) => [service.id, service])),
  counters: new Map(counters.map(({ id, serves }) => [id, serves.services ?? services.map((service) => service.id)])),
  furthest: dateIn(7),
  confirmsArrival: rules.confirmsArrival,
  callNextFinishes: rules.callNextFinishes,
  rejoin: rules.rejoin ? { withinCalls: 0, ...rules.rejoin } : null,
  moreTimes: rules.moreTime?.times ?? 0,
  ...(rules.ratio && { ratio: rules.ratio }),
  early: rules.appointments?.earlyMinutes ?? null,
  later: new Map(
    counters.map(({ id }) => [
      id,
      new Map(
        (rules.skills ?? [])
          .filter((skill) => skill.counters.includes(id))
          .flatMap(({ of, laterMinutes }) => (of.services ?? []).map((service) => [service, laterMinutes])),
      ),
    ]),
  ),
  helps: new Map(
    counters.map(({ id }) => [
      id,
      (rules.helps ?? []).filter((help) => help.counters.includes(id)).flatMap((help) => help.with.services ?? []),
    ]),
  ),
});

/** What every layout has. */
const some = (...ids: string[]) => fc.subarray(ids, { minLength: 1 });
const turns = fc.integer({ min: 1, max: 3 });

export const anyRules: fc.Arbitrary<Blueprint['rules']> = fc.record(
  {
    confirmsArrival: fc.boolean(),
    callNextFinishes: fc.boolean(),
    // As long as a test may take.
    undoSeconds: fc.constant(600),
    rejoin: fc.record({
      withinCalls: fc.integer({ min: 1, max: 3 }),
      times: fc.integer({ min: 1, max: 2 }),
      late: fc.constantFrom('end-of-line', 'no-show'),
    }),
    // Longer than a test takes: nothing comes back by itself.
    moreTime: fc.record({ minutes: fc.constant(60), times: fc.integer({ min: 1, max: 2 }) }),
    ratio: fc.record({ normal: turns, priority: turns }),
    // A day: whatever the time, the first moment of the next business day is not too far away.
    appointments: fc.constant({ earlyMinutes: 1440 }),
    skills: fc.array(
      fc.record({
        counters: some('C-1', 'C-2'),
        of: fc.record({ services: some('S-0', 'S-2') }),
        laterMinutes: fc.constantFrom(0, 5, 30),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    // After no minute: no test waits for one.
    helps: fc.constant([{ counters: ['C-2', 'C-3'], with: { services: ['S-0', 'S-2'] }, afterMinutes: 0 }]),
  },
  { requiredKeys: ['confirmsArrival', 'callNextFinishes', 'undoSeconds'] },
);

/** How a command is sent: to which node, and whether again, later or at once, to the other or the same. */
export interface Sent {
  readonly command: ModelCommand;
  /** Which of the tickets so far a command about a ticket means. */
  readonly pick: number;
  readonly node: 0 | 1;
  readonly again: 'no' | 'same-node' | 'other-node' | 'both-at-once';
}

const counterId = fc.constantFrom('C-1', 'C-1', 'C-1', 'C-2', 'C-2', 'C-2', 'C-3', 'C-3', 'C-4', 'C-9');
const anyService = fc.constantFrom('S-0', 'S-0', 'S-1', 'S-1', 'S-2', 'S-2', 'S-3', 'S-9');
/** The moment a business day to come begins: the first one's is at most a day away, the second one's more. */
const startOf = (date: string): number =>
  reachedAt(Temporal.PlainDate.from(date), plainHall.dayStartsAt, plainHall.zone);
const anyBooked = fc
  .constantFrom(firstDay, firstDay, firstDay, dateIn(2))
  .map((date) => ({ hour: startOf(date), date }));
const anyCommand: fc.Arbitrary<ModelCommand> = fc.oneof(
  {
    weight: 70,
    arbitrary: fc.record({
      type: fc.constant('issue-ticket' as const),
      what: fc.oneof(
        { weight: 4, arbitrary: fc.record({ serviceId: anyService }) },
        {
          weight: 3,
          arbitrary: fc.record({ journeyId: fc.constantFrom('J-free', 'J-free', 'J-steps', 'J-steps', 'J-9') }),
        },
      ),
      isElderly: fc.boolean(),
      booked: fc.oneof({ weight: 8, arbitrary: fc.constant(null) }, { weight: 2, arbitrary: anyBooked }),
    }),
  },
  { weight: 30, arbitrary: fc.record({ type: fc.constant('call-next' as const), counterId }) },
  { weight: 40, arbitrary: fc.record({ type: fc.constantFrom('start', 'finish', 'miss', 'recall'), counterId }) },
  {
    weight: 8,
    arbitrary: fc.record(
      {
        type: fc.constant('call-ticket' as const),
        counterId,
        ticketId: fc.constant(''),
        reason: fc.constant('asked for'),
      },
      { requiredKeys: ['type', 'counterId', 'ticketId'] },
    ),
  },
  {
    weight: 40,
    arbitrary: fc.record({
      type: fc.constantFrom(...(['hold-ticket', 'rejoin-ticket', 'end-missed', 'note-ticket'] as const)),
      ticketId: fc.constant(''),
    }),
  },
  {
    weight: 20,
    arbitrary: fc.record({
      type: fc.constantFrom('cancel-ticket', 'return-ticket'),
      ticketId: fc.constant(''),
      isByVisitor: fc.boolean(),
    }),
  },
  {
    weight: 20,
    arbitrary: fc.record({
      type: fc.constantFrom('take-back-ticket', 'postpone-ticket'),
      ticketId: fc.constant(''),
    }),
  },
  { weight: 55, arbitrary: fc.record({ type: fc.constantFrom('start', 'park', 'park', 'undo'), counterId }) },
  {
    weight: 80,
    arbitrary: fc.record({ type: fc.constant('resume-ticket' as const), counterId, ticketId: fc.constant('') }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      type: fc.constant('change-priority' as const),
      ticketId: fc.constant(''),
      isElderly: fc.boolean(),
    }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      type: fc.constantFrom('pause-service', 'resume-service', 'resume-service'),
      serviceId: anyService,
    }),
  },
  { weight: 7, arbitrary: fc.record({ type: fc.constantFrom('show-message', 'hide-message') }) },
  {
    weight: 8,
    arbitrary: fc.record({ type: fc.constant('add-leg' as const), ticketId: fc.constant(''), serviceId: anyService }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      type: fc.constant('transfer-ticket' as const),
      ticketId: fc.constant(''),
      serviceId: fc.option(anyService),
      keptFor: fc.constantFrom(null, null, 'c:C-1', 'c:C-2', 'c:C-9', 'a:a1', 'a:a2'),
      comesBack: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('void-tickets' as const),
      prefix: fc.constantFrom('A', 'B'),
      from: fc.integer({ min: 1, max: 20 }),
      to: fc.integer({ min: 1, max: 20 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('reassign-tickets' as const),
      agentId: fc.constantFrom('a1', 'a2'),
      toAgentId: fc.constantFrom(null, 'a2', 'a3'),
    }),
  },
  {
    weight: 30,
    arbitrary: fc.record({
      type: fc.constant('open-counter' as const),
      counterId,
      agentId: fc.constantFrom('a1', 'a2', 'a3'),
      takeOverFrom: fc.constantFrom(undefined, 'a1', 'a2', 'a3'),
      moveFrom: fc.option(counterId, { nil: undefined }),
    }),
  },
  {
    weight: 24,
    arbitrary: fc.record({
      type: fc.constantFrom('pause-counter', 'resume-counter', 'resume-counter', 'resume-counter', 'close-counter'),
      counterId,
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('close-day' as const) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('open-day' as const),
      date: fc.constantFrom(firstDay, dateIn(2), dateIn(3), dateIn(9)),
    }),
  },
);

const openStatuses = ['waiting', 'called', 'serving', 'held', 'parked', 'missed'] as const;
/** From where a command leads on. */
const fits: { readonly [T in ModelCommand['type']]?: readonly ModelTicket['status'][] } = {
  'call-ticket': ['waiting'],
  'resume-ticket': ['parked'],
  'hold-ticket': ['waiting', 'called', 'serving'],
  'return-ticket': ['called', 'serving', 'held', 'parked'],
  'transfer-ticket': ['waiting', 'called', 'serving', 'held', 'parked'],
  'rejoin-ticket': ['missed'],
  'end-missed': ['missed'],
  'take-back-ticket': ['cancelled'],
  'postpone-ticket': ['waiting'],
};

/** The ticket a command means: mostly one that it leads on from, sometimes any of today's, or one that there is not. */
export const ticketFor = ({ tickets }: HallModel, type: ModelCommand['type'], pick: number): string => {
  const fitting = tickets.filter(({ status }) => (fits[type] ?? openStatuses).includes(status));
  const among = pick % 4 > 0 && fitting.length > 0 ? fitting : tickets;
  return among[pick % (among.length + Number(among === tickets))]?.id ?? randomUUID();
};

export const anySent: fc.Arbitrary<Sent> = fc.record({
  command: anyCommand,
  pick: fc.nat(1_000),
  node: fc.constantFrom(0, 1),
  again: fc.oneof(
    { weight: 6, arbitrary: fc.constant('no' as const) },
    { weight: 3, arbitrary: fc.constantFrom('same-node', 'other-node', 'both-at-once') },
  ),
});

/** The first commands of every hall, so that most of what follows is not refused. */
export const opening: readonly Sent[] = [
  { type: 'open-day', date: firstDay } as const,
  { type: 'open-counter', counterId: 'C-1', agentId: 'a1' } as const,
  { type: 'open-counter', counterId: 'C-2', agentId: 'a2' } as const,
].map((command) => ({ command, pick: 0, node: 0, again: 'no' }));
