import { performance } from 'node:perf_hooks';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import { evolve, evolveAll } from '@antrean/shared/domain/evolve.ts';
import { emptyHall, type Hall } from '@antrean/shared/domain/hall.ts';
import type {
  BranchId,
  CommandId,
  CounterId,
  PriorityId,
  ServiceId,
  StaffId,
  TicketId,
} from '@antrean/shared/domain/ids.ts';
import { finishVisit } from '@antrean/shared/domain/decide/finish-visit.ts';
import { pickNext } from '@antrean/shared/domain/pick-next.ts';
import type { BranchSetup } from '@antrean/shared/domain/setup.ts';
import type { Ticket } from '@antrean/shared/domain/ticket.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { setupOfBlueprint } from '@antrean/shared/protocol/setup-of-blueprint.ts';
import { plainHall } from '../harness/plain-hall.ts';
import { type Figure, figureOf, median } from './figures.ts';

const services = 240;
const waitingEach = 500;
const picks = 2_000;
/** The budget of one choice, ms. */
const limit = 0.2;
const serviceIds = Array.from({ length: services }, (_, index) => `S-${index}`);
const classes = ['elderly', 'disabled', 'infant'];
const opensAt = Date.parse('2026-08-18T08:00:00+07:00');

/** Counter 1 serves all services; counter 2 ten of them, half with less skill. */
const blueprint: Blueprint = {
  ...plainHall,
  zone: 'Asia/Jakarta',
  services: serviceIds.map((id) => ({ ...plainHall.services[0]!, id })),
  priorities: classes.map((id, index) => ({ id, name: { en: id }, headStartMinutes: 20 - 10 * index })),
  counters: [
    { id: 'C-1', number: 1, serves: { agencies: ['A'] } },
    { id: 'C-2', number: 2, serves: { services: serviceIds.filter((_, index) => index % 24 === 7) } },
  ],
  rules: { ...plainHall.rules, callByMinutes: 1_440 },
};

/** Thirty desks for eight services each, as a hall of that size has. */
const desks = Array.from({ length: 30 }, (_, index) => ({
  id: `C-${index + 1}`,
  number: index + 1,
  serves: { services: serviceIds.slice(index * 8, index * 8 + 8) },
}));

/** 120,000 waiting tickets, one in four of each class and of none, one a second. */
const fullHall = (): Hall => {
  const issued = Array.from({ length: services * waitingEach }, (_, index): HallEvent => ({
    type: 'ticket.issued',
    data: {
      ticketId: `ticket-${index}` as TicketId,
      number: `A${String(index + 1).padStart(3, '0')}`,
      serial: index + 1,
      serviceId: `S-${index % services}` as ServiceId,
      priority: (classes[Math.floor(index / services) % 4] ?? null) as PriorityId | null,
      channel: 'kiosk',
      language: 'en',
      ahead: 0,
    },
    version: index + 1,
    at: opensAt + index * 1_000,
    commandId: `issue-${index}` as CommandId,
    actor: { kind: 'kiosk' },
  }));
  return evolveAll(emptyHall('plain' as BranchId), issued);
};

/** Median of a choice, ms; each ticket that is chosen is called before the next choice. */
const measurePicks = (full: Hall, setup: BranchSetup, counterId: CounterId): number => {
  let hall = full;
  const tookMs: number[] = [];
  for (let index = 0; index < picks; index++) {
    const at = hall.lastAt + 1_000;
    const from = performance.now();
    const next = pickNext(hall, setup, counterId, at);
    tookMs.push(performance.now() - from);
    if (!next) throw new Error('a full hall has somebody next');
    const { id, number, serviceId, language } = next.ticket;
    hall = evolve(hall, {
      type: 'ticket.called',
      data: { ticketId: id, number, serviceId, counterId, language, why: next.why },
      version: hall.version + 1,
      at,
      commandId: `call-${index}` as CommandId,
      actor: { kind: 'system' },
    });
  }
  return median(tookMs);
};

/** Counter 3 ends a leg of a journey, with so many services before the visitor in any order. */
const freeLegs = 5;
/** The budget of ending a leg, ms: choosing costs less than what it saves a visitor, and must not be felt at a desk. */
const legLimit = 2;

/** Median of ending a leg where the next is free, ms, with all counters open. */
const measureLegs = (full: Hall, setup: BranchSetup): number => {
  const agents = [...setup.counters.keys()].map((counterId, index): HallEvent => ({
    type: 'counter.opened',
    data: { counterId, agentId: `agent-${index}` as StaffId },
    version: full.version + index + 1,
    at: full.lastAt,
    commandId: `open-${index}` as CommandId,
    actor: { kind: 'system' },
  }));
  const hall = evolveAll(full, agents);
  // One of each class in turn: whoever has a head start takes longer, since part of a line is ahead and must be counted.
  const visitors = [...hall.tickets.values()].filter((_, index) => index % services === 0).slice(0, 4);
  const counterId = 'C-3' as CounterId;
  const tookMs: number[] = [];
  for (let index = 0; index < picks / 10; index++) {
    const legs = Array.from({ length: freeLegs }, (_, leg) => ({
      serviceId: `S-${(index * freeLegs + leg * 41) % services}` as ServiceId,
      reservedFor: null,
      step: 1,
    }));
    const ticket: Ticket = { ...visitors[index % 4]!, status: 'serving', counterId, legs };
    const from = performance.now();
    const { type } = finishVisit(hall, setup, ticket, { counterId, outcome: null, quantity: 1 }, hall.lastAt + index);
    tookMs.push(performance.now() - from);
    if (type !== 'ticket.went-on') throw new Error('a visit with legs before it goes on');
  }
  return median(tookMs);
};

/** How long it takes to know who is next among 120,000 for 240 services, at a counter for all and at one for ten. */
export const measurePickNext = (rounds: number): [key: string, figure: Figure][] => {
  const full = fullHall();
  const setup = setupOfBlueprint(blueprint);
  const manyDesks = setupOfBlueprint({ ...blueprint, counters: desks });
  const ratio = { ...setup, rules: { ...setup.rules, ratio: { normal: 2, priority: 1 } } };
  const measure = (key: string, id: string, by: BranchSetup): [string, Figure] => {
    const results = Array.from({ length: rounds }, () => ({ ours: measurePicks(full, by, id as CounterId), limit }));
    return [key, figureOf(results, 'ms')];
  };
  return [
    measure('pick.240x500', 'C-1', setup),
    measure('pick.240x500.ratio', 'C-1', ratio),
    measure('pick.240x500.ten', 'C-2', setup),
    [
      'pick.240x500.leg',
      figureOf(
        Array.from({ length: rounds }, () => ({ ours: measureLegs(full, manyDesks), limit: legLimit })),
        'ms',
      ),
    ],
  ];
};
