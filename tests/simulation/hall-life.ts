import type { Command, CommandData, CommandType } from '@antrean/shared/domain/commands.ts';
import type { Actor } from '@antrean/shared/domain/events.ts';
import { type Hall, ticketAt } from '@antrean/shared/domain/hall.ts';
import type { CommandId, CounterId } from '@antrean/shared/domain/ids.ts';
import { isOpen, type TicketStatus } from '@antrean/shared/domain/ticket.ts';
import { agent, agentId, kiosk, manager, priorityId } from '../rules/story.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

const agents = ['adi', 'budi', 'citra', 'dewi'];

/** What people in the hall do next, given how it stands: mostly what makes sense, sometimes what does not. */
export class HallLife {
  readonly #world: World;
  readonly #seed: number;
  #commandsMade = 0;
  #daysOpened = 0;

  constructor(world: World, seed: number) {
    this.#world = world;
    this.#seed = seed;
  }

  next(): Command {
    const { random, ledger } = this.#world;
    const hall = ledger.truthAt(ledger.head.version)!;
    if (!hall.day?.isOpen) return this.#openDay(random);
    if (random.chance(0.006)) return this.#make('close-day', {}, manager);
    if (random.chance(0.02)) return this.#openDay(random);
    if (random.chance(0.01))
      return this.#make('change-setup', { revision: this.#world.changeSetup() }, { kind: 'system' });
    if (random.chance(0.4)) return this.#issue(random);
    const tickets = [...hall.tickets.keys()];
    if (tickets.length > 0 && random.chance(0.06)) {
      return this.#make('cancel-ticket', { ticketId: random.pick(tickets) }, random.pick([kiosk, manager]));
    }
    const gone = [...hall.tickets.values()].filter(({ left }) => left);
    if (gone.length > 0 && random.chance(0.05)) {
      const last = gone.reduce((a, b) => (a.endedAt! < b.endedAt! ? b : a));
      return this.#make('take-back-ticket', { ticketId: last.id }, { kind: 'visitor' });
    }
    if (tickets.length > 0 && random.chance(0.12)) return this.#moveTicket(hall, random);
    if (random.chance(0.01))
      return this.#make('void-tickets', { prefix: 'B', from: 1, to: random.between(1, 6) }, manager);
    if (random.chance(0.03)) return this.#aboutHall(hall, random);
    if (random.chance(0.04)) return this.#make('run-timers', {}, { kind: 'timer' });
    return this.#atCounter(hall, random);
  }

  /** What is done to a ticket wherever it stands: mostly to one that it can be done to. */
  #moveTicket(hall: Hall, random: Random): Command {
    const all = [...hall.tickets.values()];
    const anyOf = (...statuses: readonly TicketStatus[]) => {
      const fitting = all.filter(({ status }) => statuses.includes(status));
      return { ticketId: random.pick(fitting.length > 0 && random.chance(0.9) ? fitting : all).id };
    };
    const services = [...this.#world.setup.services.keys()];
    switch (
      random.pick([
        'hold',
        'postpone',
        'ready',
        'return',
        'transfer',
        'leg',
        'rejoin',
        'no-show',
        'note',
        'reassign',
        'reclass',
      ] as const)
    ) {
      case 'hold':
        return this.#make(
          'hold-ticket',
          { ...anyOf('waiting', 'called', 'serving'), reason: 'a copy', minutes: random.pick([0.05, 0.2, 5]) },
          manager,
        );
      case 'postpone':
        return this.#make('postpone-ticket', anyOf('waiting'), { kind: 'visitor' });
      case 'ready':
        return this.#make('return-ticket', anyOf('held'), { kind: 'visitor' });
      case 'return':
        return this.#make(
          'return-ticket',
          anyOf('held', 'parked', 'serving'),
          random.pick([manager, { kind: 'timer' }]),
        );
      case 'transfer': {
        const counterId = random.pick([...this.#world.setup.counters.keys()]);
        const reservedFor = random.pick([null, null, { counterId }, { agentId: agentId(random.pick(agents)) }]);
        const to = {
          serviceId: random.pick([null, ...services]),
          reservedFor,
          note: null,
          comesBack: random.chance(0.5),
        };
        return this.#make('transfer-ticket', { ...anyOf('called', 'serving', 'waiting', 'held'), ...to }, manager);
      }
      case 'leg':
        return this.#make(
          'add-leg',
          { ...anyOf('serving', 'called', 'waiting'), serviceId: random.pick(services) },
          manager,
        );
      case 'rejoin':
        return this.#make('rejoin-ticket', anyOf('missed'), kiosk);
      case 'no-show':
        return this.#make('end-missed', anyOf('missed'), manager);
      case 'note':
        return this.#make('note-ticket', { ...anyOf('waiting', 'serving'), note: 'speaks slowly' }, manager);
      case 'reclass':
        return this.#make(
          'change-priority',
          {
            ...anyOf('waiting', 'waiting', 'called', 'held', 'missed'),
            priority: random.pick([null, priorityId('elderly'), priorityId('infant')]),
          },
          manager,
        );
      case 'reassign': {
        const kept = all.flatMap(({ status, reservedFor }) =>
          isOpen(status) && reservedFor && 'agentId' in reservedFor ? [reservedFor.agentId] : [],
        );
        const from = kept.length > 0 ? random.pick(kept) : agentId(random.pick(agents));
        return this.#make(
          'reassign-tickets',
          { agentId: from, toAgentId: random.pick([null, agentId(random.pick(agents))]) },
          manager,
        );
      }
    }
  }

  /** Services pause and go on, messages come and go: some by themselves. */
  #aboutHall(hall: Hall, random: Random): Command {
    const serviceId = random.pick([...this.#world.setup.services.keys()]);
    if (random.chance(0.4)) {
      const texts = { [random.pick(this.#world.setup.languages)]: 'back at noon' };
      if (hall.message && random.chance(0.4)) return this.#make('hide-message', {}, manager);
      return this.#make('show-message', { texts, minutes: random.pick([0.05, 0.2, 5]) }, manager);
    }
    // Not for long: most of what happens in a hall begins with a number.
    const paused = [...hall.pausedServices.keys()];
    if (paused.length > 0 && random.chance(0.8)) {
      return this.#make('resume-service', { serviceId: random.pick(paused) }, manager);
    }
    return this.#make('pause-service', { serviceId, reason: 'no network' }, manager);
  }

  #openDay(random: Random): Command {
    if (this.#daysOpened === 0 || random.chance(0.6)) this.#daysOpened += 1;
    // From the ninth on every other one is too far ahead (DAY-7).
    const days = Math.min(this.#daysOpened, 8 + (this.#daysOpened % 2));
    const date = `2026-08-${String(17 + days).padStart(2, '0')}`;
    return this.#make('open-day', { date }, random.pick([manager, { kind: 'timer' } as const]));
  }

  #issue(random: Random): Command {
    const priority = random.chance(0.3) ? priorityId(random.pick(['elderly', 'infant'])) : null;
    const { services, journeys } = this.#world.setup;
    const what = random.chance(0.3)
      ? { journeyId: random.pick([...journeys.keys()]) }
      : { serviceId: random.pick([...services.keys()]) };
    const holder = random.chance(0.2) && { holder: random.pick(['x', 'y', 'z']) };
    const visitor = { ...what, priority, language: null, ...holder };
    if (!random.chance(0.25)) return this.#make('issue-ticket', { ...visitor, channel: 'kiosk' }, kiosk);
    // Every ten seconds, so that several have the same, or anywhere: early, in time, late, or of another day.
    const { now } = this.#world.scheduler;
    const hour = random.chance(0.5) ? Math.round(now / 10_000) * 10_000 : now + random.between(-25, 25) * 1_000;
    const bookedFor = random.chance(0.05) ? hour + 86_400_000 : hour;
    return this.#make('issue-ticket', { ...visitor, bookedFor, channel: 'reception' }, manager);
  }

  #atCounter(hall: Hall, random: Random): Command {
    const counterId = random.pick([...this.#world.setup.counters.keys()]);
    const at = { counterId };
    const counter = hall.counters.get(counterId);
    const who = counter && random.chance(0.9) ? agent(counter.agentId) : random.pick([manager, agent('budi')]);
    if (!counter) return this.#make('open-counter', { ...at, agentId: agentId(random.pick(agents)) }, manager);
    if (random.chance(0.03)) {
      const takeOver = { agentId: agentId(random.pick(agents)), takeOverFrom: counter.agentId };
      return this.#make('open-counter', { ...at, ...takeOver }, manager);
    }
    if (random.chance(0.1)) return this.#anything(counterId, who, random);
    if (counter.status === 'paused') return this.#make('resume-counter', at, who);
    const ticket = ticketAt(hall, counterId);
    if (random.chance(0.08)) return this.#make('undo', at, who);
    if (!ticket) {
      const parked = [...hall.tickets.values()].find(
        ({ status, reservedFor }) =>
          status === 'parked' && reservedFor && 'agentId' in reservedFor && reservedFor.agentId === counter.agentId,
      );
      if (parked && random.chance(0.5)) return this.#make('resume-ticket', { ...at, ticketId: parked.id }, who);
      if (random.chance(0.06)) return this.#make('pause-counter', { ...at, reason: 'tea' }, who);
      if (random.chance(0.06)) return this.#make('close-counter', at, who);
      const waiting = [...hall.waiting.values()];
      if (waiting.length > 0 && random.chance(0.15)) {
        return this.#make('call-ticket', { ...at, ticketId: random.pick(waiting), reason: 'asked for' }, manager);
      }
      return this.#make('call-next', at, who);
    }
    if (ticket.status === 'serving') {
      if (random.chance(0.15)) return this.#make('park', at, who);
      return random.chance(0.3)
        ? this.#make('call-next', at, who)
        : this.#make(
            'finish',
            { ...at, outcome: random.pick([null, 'done']), ...(random.chance(0.2) && { quantity: 3 }) },
            who,
          );
    }
    return this.#make(random.pick(['start', 'start', 'start', 'recall', 'miss', 'call-next'] as const), at, who);
  }

  #anything(counterId: CounterId, who: Actor, random: Random): Command {
    const plain = ['call-next', 'recall', 'start', 'miss', 'resume-counter', 'close-counter'] as const;
    return this.#make(random.pick(plain), { counterId }, who);
  }

  #make<T extends CommandType>(type: T, data: CommandData[T], actor: Actor): Command {
    const commandId = `${this.#seed}-${++this.#commandsMade}` as CommandId;
    return { type, ...data, commandId, actor } as Command;
  }
}
