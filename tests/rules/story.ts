import type { Command, CommandData, CommandType } from '@antrean/shared/domain/commands.ts';
import { decide } from '@antrean/shared/domain/decide.ts';
import type { Actor, EventData, EventType, HallEvent } from '@antrean/shared/domain/events.ts';
import { evolve } from '@antrean/shared/domain/evolve.ts';
import { emptyHall, type Hall } from '@antrean/shared/domain/hall.ts';
import type {
  AgencyId,
  BranchId,
  CommandId,
  CounterId,
  JourneyId,
  PriorityId,
  ServiceId,
  StaffId,
  TicketId,
} from '@antrean/shared/domain/ids.ts';
import type { Refusal } from '@antrean/shared/domain/refusal.ts';
import type {
  BranchSetup,
  Counter,
  HallRules,
  Journey,
  OpeningHours,
  PriorityClass,
  Service,
} from '@antrean/shared/domain/setup.ts';
import type { Ticket } from '@antrean/shared/domain/ticket.ts';

export const minutes = (count: number): number => count * 60_000;

/** An instant of the day the stories play on, by the hall's clock. */
export const at = (time: string): number => Date.parse(`2026-08-18T${time}:00+07:00`);

export const day = '2026-08-18';

export const serviceId = (id: string) => id as ServiceId;
export const counterId = (id: string) => id as CounterId;
export const agentId = (id: string) => id as StaffId;
export const journeyId = (id: string) => id as JourneyId;
export const priorityId = (id: string) => id as PriorityId;

export const manager: Actor = { kind: 'manager', staffId: agentId('mira') };
export const agent = (id: string): Actor => ({ kind: 'agent', staffId: agentId(id) });
export const kiosk: Actor = { kind: 'kiosk' };

/** What a story's hall has besides: hours of its own, and more said of some of its services. */
export interface StorySetup {
  readonly hours?: OpeningHours;
  readonly zone?: string;
  readonly services?: Readonly<Record<string, Partial<Service>>>;
}

const service = (id: string, prefix: string): Service => ({
  id: serviceId(id),
  agencyId: 'town' as AgencyId,
  name: { en: id },
  prefix,
  source: 'made for tests',
});

const counter = (id: string, number: number, serves: readonly string[]): Counter => ({
  id: counterId(id),
  number,
  serves: new Set(serves.map(serviceId)),
});

const priority = (id: string, headStartMs: number): PriorityClass => ({
  id: priorityId(id),
  name: { en: id },
  headStartMs,
});

const journey = (id: string, steps: readonly (readonly string[])[]): Journey => ({
  id: journeyId(id),
  name: { en: id },
  steps: steps.map((services) => services.map(serviceId)),
  source: 'made for tests',
});

const byId = <T extends { readonly id: string }>(things: readonly T[]) =>
  new Map(things.map((thing) => [thing.id as T['id'], thing]));

/** By counter and service, minutes. */
export interface Skills {
  readonly later?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly helpsAfter?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const msByService = (by: Readonly<Record<string, number>> | undefined): ReadonlyMap<ServiceId, number> =>
  new Map(Object.entries(by ?? {}).map(([id, count]) => [serviceId(id), minutes(count)]));

/**
 * A hall of three services - `land` and `birth` share the prefix B - and three counters: 1 serves all, 2 only `tax`,
 * 3 only `birth`. A visitor may go on a journey through all three services: with a `newborn` to `birth` first and to the
 * others in any order, having `moved` in any order, with a `house` in one order only.
 */
export const hallSetup = (
  rules: Partial<HallRules> = {},
  { hours, zone = 'Asia/Jakarta', services = {}, ...skills }: StorySetup & Skills = {},
): BranchSetup => ({
  branchId: 'hall' as BranchId,
  name: { en: 'Hall' },
  zone,
  dayStartsAt: '04:00',
  languages: ['id', 'en'],
  currency: 'IDR',
  hours: hours ?? { week: {} },
  agencies: new Map([['town' as AgencyId, { id: 'town' as AgencyId, name: { en: 'Town' } }]]),
  services: byId(
    [service('tax', 'A'), service('land', 'B'), service('birth', 'B')].map((each) => ({
      ...each,
      ...services[each.id],
    })),
  ),
  counters: byId(
    [counter('c1', 1, ['tax', 'land', 'birth']), counter('c2', 2, ['tax']), counter('c3', 3, ['birth'])].map(
      (each) => ({
        ...each,
        ...(skills.later && { laterMs: msByService(skills.later[each.id]) }),
        ...(skills.helpsAfter && { helpsAfterMs: msByService(skills.helpsAfter[each.id]) }),
      }),
    ),
  ),
  priorities: byId([priority('elderly', minutes(20)), priority('infant', 0)]),
  journeys: byId([
    journey('newborn', [['birth'], ['tax', 'land']]),
    journey('moved', [['tax', 'land', 'birth']]),
    journey('house', [['land'], ['tax'], ['birth']]),
  ]),
  screens: new Map(),
  printers: new Map(),
  rules: { confirmsArrival: true, callNextFinishes: false, ...rules },
});

let commandsMade = 0;

export const newCommandId = (): CommandId =>
  `00000000-0000-4000-8000-${String(++commandsMade).padStart(12, '0')}` as CommandId;

/** A hall that lives through commands one after another, each folded as a node folds it. */
export class Story {
  hall: Hall = emptyHall('hall' as BranchId);
  readonly events: HallEvent[] = [];
  readonly setup: BranchSetup;

  constructor(rules: Partial<HallRules> = {}, setup: StorySetup & Skills = {}) {
    this.setup = hallSetup(rules, setup);
  }

  /** What the hall decides, with nothing carried out. */
  ask<T extends CommandType>(type: T, data: CommandData[T], now: number, actor: Actor = manager) {
    return decide(this.hall, this.setup, { type, ...data, commandId: newCommandId(), actor } as Command, now);
  }

  /** The refusal of a command. Throws when it is accepted. */
  refusal<T extends CommandType>(type: T, data: CommandData[T], now: number, actor: Actor = manager): Refusal {
    const decision = this.ask(type, data, now, actor);
    if (decision.accepted) throw new Error(`${type} was accepted`);
    return decision.refusal;
  }

  /** Carries a command out and answers with its events. Throws when it is refused. */
  tell<T extends CommandType>(type: T, data: CommandData[T], now: number, actor: Actor = manager): HallEvent[] {
    const commandId = newCommandId();
    const decision = decide(this.hall, this.setup, { type, ...data, commandId, actor } as Command, now);
    if (!decision.accepted) throw new Error(`${type} was refused: ${decision.refusal.code}`);
    return decision.events.map((decided) => {
      const event: HallEvent = {
        ...decided,
        version: this.hall.version + 1,
        at: Math.max(now, this.hall.lastAt),
        commandId,
        actor,
      };
      this.hall = evolve(this.hall, event);
      this.events.push(event);
      return event;
    });
  }

  openDay(time = '08:00', date = day): this {
    this.tell('open-day', { date }, at(time));
    return this;
  }

  openCounter(id = 'c1', by = 'adi', time = '08:00'): this {
    this.tell('open-counter', { counterId: counterId(id), agentId: agentId(by) }, at(time));
    return this;
  }

  issue(service: string, time: string, priority: string | null = null): Ticket {
    const data = {
      serviceId: serviceId(service),
      priority: priority as PriorityId | null,
      channel: 'kiosk',
      language: null,
    } as const;
    const [event] = this.tell('issue-ticket', data, at(time), kiosk);
    return this.ticket((event as { data: EventData['ticket.issued'] }).data.ticketId);
  }

  begin(journey: string, time: string, priority: string | null = null): Ticket {
    const data = {
      journeyId: journeyId(journey),
      priority: priority as PriorityId | null,
      channel: 'kiosk',
      language: null,
    } as const;
    const [event] = this.tell('issue-ticket', data, at(time), kiosk);
    return this.ticket((event as { data: EventData['ticket.issued'] }).data.ticketId);
  }

  callNext(id: string, time: string): EventData['ticket.called'] {
    return dataOf(this.tell('call-next', { counterId: counterId(id) }, at(time)), 'ticket.called');
  }

  ticket(id: TicketId): Ticket {
    const ticket = this.hall.tickets.get(id);
    if (!ticket) throw new Error(`no ticket ${id}`);
    return ticket;
  }
}

/** A hall with an open day, counter 1 open, and one ticket that is at the given place in its life. */
export const storyWith = (
  status: Ticket['status'],
  rules: Partial<HallRules> = {},
): { story: Story; ticket: Ticket } => {
  const story = new Story(rules).openDay().openCounter();
  const { id } = story.issue('tax', '09:00');
  const c1 = { counterId: counterId('c1') };
  if (status === 'cancelled') story.tell('cancel-ticket', { ticketId: id }, at('09:01'));
  else if (status === 'held') story.tell('hold-ticket', { ticketId: id, reason: 'a copy', minutes: 10 }, at('09:01'));
  else if (status !== 'waiting') {
    story.callNext('c1', '09:01');
    if (status === 'missed' || status === 'no-show') story.tell('miss', c1, at('09:02'));
    if (status === 'serving' || status === 'done' || status === 'parked') story.tell('start', c1, at('09:02'));
    if (status === 'done') story.tell('finish', { ...c1, outcome: null }, at('09:03'));
    if (status === 'parked') story.tell('park', c1, at('09:03'));
    if (status === 'no-show') {
      story.tell('close-day', {}, at('09:04'));
      story.openDay('09:05').openCounter('c1', 'adi', '09:05');
    }
  }
  return { story, ticket: story.ticket(id) };
};

/** The data of the one event of this type. Throws when there is not exactly one. */
export const dataOf = <T extends EventType>(events: readonly HallEvent[], type: T): EventData[T] => {
  const [found, ...more] = events.filter((event) => event.type === type);
  if (!found || more.length > 0) throw new Error(`${more.length + (found ? 1 : 0)} events ${type}`);
  return found.data as EventData[T];
};

export const typesOf = (events: readonly { readonly type: EventType }[]): EventType[] => events.map(({ type }) => type);
