import { freshTicket, refusedBooking } from './model-issue.ts';
import { beginOf, nextOf } from './model-legs.ts';
import { nextAt } from './model-next.ts';
import type { Expected, ModelCommand, ModelCounter, ModelSetup, ModelTicket } from './model-types.ts';
import { isAsLeft, isCall, isOver, isTaken, movedBy, putBack, stayAfterAll } from './model-undo.ts';
import { changeMessage, pauseService, reassign, voidRun } from './model-hall-acts.ts';
import { postpone, rejoin } from './model-wishes.ts';

/**
 * The rules stated once more, as plainly as possible and without a line of the product's code: what a sequence of
 * commands must lead to, one after another. Tests hold the running system against it.
 */
export class HallModel {
  readonly #setup: ModelSetup;
  date: string | null = null;
  isOpen = false;
  readonly paused = new Set<string>();
  hasMessage = false;
  tickets: ModelTicket[] = [];
  readonly counters = new Map<string, ModelCounter>();
  readonly #given = new Map<string, number>();
  /** Calls by service. */
  readonly #calls = new Map<string, number>();
  /** Calls that the ratio decided, by counter. */
  readonly #turns = new Map<string, number>();
  #acts = 0;
  #chosen: string | undefined;

  constructor(setup: ModelSetup) {
    this.#setup = setup;
  }

  /** The same hall, to try something on. */
  copy(): HallModel {
    return this.copyWith(this.#setup);
  }

  /** The same hall with another set-up from here on. */
  copyWith(setup: ModelSetup): HallModel {
    const copy = new HallModel(setup);
    Object.assign(copy, { date: this.date, isOpen: this.isOpen, hasMessage: this.hasMessage });
    copy.tickets = this.tickets.map((ticket) => ({ ...ticket }));
    for (const [id, counter] of this.counters) copy.counters.set(id, { ...counter });
    for (const [prefix, value] of this.#given) copy.#given.set(prefix, value);
    for (const [service, value] of this.#calls) copy.#calls.set(service, value);
    for (const [counter, value] of this.#turns) copy.#turns.set(counter, value);
    for (const service of this.paused) copy.paused.add(service);
    copy.#acts = this.#acts;
    return copy;
  }

  /**
   * @param at epoch ms of the command's events
   * @param chosen the service that a journey begins or goes on with, where it was chosen
   */
  run(command: ModelCommand, commandId: string, at: number, chosen?: string): Expected {
    this.#acts += 1;
    this.#chosen = chosen;
    const before = this.tickets.map((ticket) => ({ ...ticket }));
    const expected = this.#decide(command, commandId, at);
    if ('done' in expected) this.#noteAct(command, before);
    return expected;
  }

  /** What an act moved at a counter can be taken back there. */
  #noteAct(command: ModelCommand, before: readonly ModelTicket[]): void {
    const acts = ['call-next', 'call-ticket', 'start', 'finish', 'miss', 'park', 'resume-ticket'];
    const moves = ['hold-ticket', 'return-ticket', 'transfer-ticket'];
    const was = 'ticketId' in command ? before.find(({ id }) => id === command.ticketId)?.counterId : null;
    const at = 'counterId' in command && acts.includes(command.type) ? command.counterId : was;
    const counter = at ? this.counters.get(at) : undefined;
    if (!counter || ![...acts, ...moves].includes(command.type)) return;
    counter.last = movedBy(before, this.tickets);
  }

  #decide(command: ModelCommand, commandId: string, at: number): Expected {
    switch (command.type) {
      case 'open-day':
        return this.#openDay(command.date);
      case 'close-day':
        return this.#closeDay();
      case 'open-counter':
        return this.#openCounter(command);
      case 'pause-counter':
      case 'resume-counter':
      case 'close-counter':
        return this.#changeCounter(command.type, command.counterId);
      case 'issue-ticket':
        return this.#issue(command, commandId, at);
      case 'call-next':
        return this.#call(command.counterId, at, () => this.#next(command.counterId));
      case 'call-ticket':
        return this.#call(command.counterId, at, () =>
          this.#named(command.counterId, command.ticketId, command.reason),
        );
      case 'recall':
      case 'start':
      case 'finish':
      case 'miss':
      case 'park':
        return this.#act(command.type, command.counterId, at);
      case 'undo':
        return this.#undo(command.counterId);
      case 'resume-ticket':
        return this.#resume(command.counterId, command.ticketId);
      case 'void-tickets':
        return voidRun(this.tickets, command);
      case 'reassign-tickets':
        return reassign(this.tickets, command);
      case 'pause-service':
      case 'resume-service':
        return pauseService(this, this.#setup, command);
      case 'show-message':
      case 'hide-message':
        return changeMessage(this, command);
      default:
        return this.#move(command, at);
    }
  }

  ticketAt(counterId: string): ModelTicket | undefined {
    return this.tickets.find((ticket) => ticket.counterId === counterId);
  }

  #openDay(date: string): Expected {
    if (this.isOpen) return { refused: 'DAY_ALREADY_OPEN' };
    if (this.date !== null && date < this.date) return { refused: 'DAY_GOES_BACK' };
    if (date > this.#setup.furthest) return { refused: 'DAY_AHEAD' };
    if (this.date !== date) {
      this.tickets = [];
      this.#given.clear();
      this.#calls.clear();
      this.#turns.clear();
      this.paused.clear();
      this.hasMessage = false;
    }
    this.date = date;
    this.isOpen = true;
    return { done: ['day.opened'] };
  }

  #closeDay(): Expected {
    if (!this.isOpen) return { refused: 'DAY_NOT_OPEN' };
    const done: string[] = [];
    for (const ticket of this.tickets) {
      if (ticket.status === 'missed') done.push(this.#end(ticket, 'no-show', 'ticket.no-showed'));
      else if (ticket.status === 'serving') done.push(this.#end(ticket, 'done', 'ticket.finished'));
      else if (['waiting', 'called', 'held', 'parked'].includes(ticket.status)) {
        done.push(this.#end(ticket, 'cancelled', 'ticket.cancelled'));
      }
    }
    for (const id of [...this.counters.keys()].sort()) done.push(`counter.closed ${id}`);
    this.counters.clear();
    this.isOpen = false;
    return { done: [...done, 'day.closed'] };
  }

  #openCounter({
    counterId,
    agentId,
    takeOverFrom,
    moveFrom,
  }: Extract<ModelCommand, { type: 'open-counter' }>): Expected {
    if (!this.#setup.counters.has(counterId)) return { refused: 'COUNTER_UNKNOWN' };
    if (!this.isOpen) return { refused: 'DAY_NOT_OPEN' };
    const there = this.counters.get(counterId)?.agentId;
    if (there && (there === agentId || there !== takeOverFrom)) return { refused: 'COUNTER_ALREADY_OPEN' };
    const [at] = [...this.counters].find(([, other]) => other.agentId === agentId) ?? [];
    if (at !== undefined && at !== moveFrom) return { refused: 'AGENT_AT_OTHER_COUNTER' };
    const left: Expected = at === undefined ? { done: [] } : this.#changeCounter('close-counter', at);
    if ('refused' in left) return left;
    this.counters.set(counterId, { agentId, isPaused: false, last: null });
    return { done: [...left.done, `counter.${there ? 'taken-over' : 'opened'} ${counterId}`] };
  }

  #changeCounter(type: 'pause-counter' | 'resume-counter' | 'close-counter', counterId: string): Expected {
    const counter = this.counters.get(counterId);
    if (!counter) return this.#noCounter(counterId);
    if (type === 'resume-counter') {
      if (!counter.isPaused) return { refused: 'COUNTER_NOT_PAUSED' };
      counter.isPaused = false;
      return { done: [`counter.resumed ${counterId}`] };
    }
    if (type === 'pause-counter' && counter.isPaused) return { refused: 'COUNTER_PAUSED' };
    if (this.ticketAt(counterId)) return { refused: 'COUNTER_BUSY' };
    if (type === 'close-counter') this.counters.delete(counterId);
    else Object.assign(counter, { isPaused: true, last: null });
    return { done: [`counter.${type === 'close-counter' ? 'closed' : 'paused'} ${counterId}`] };
  }

  #noCounter(counterId: string): Expected {
    return { refused: this.#setup.counters.has(counterId) ? 'COUNTER_NOT_OPEN' : 'COUNTER_UNKNOWN' };
  }

  #issue(command: Extract<ModelCommand, { type: 'issue-ticket' }>, id: string, at: number): Expected {
    const { what, isElderly, booked } = command;
    if (!this.isOpen) return { refused: 'DAY_NOT_OPEN' };
    const first = beginOf(what, { ...this, setup: this.#setup }, this.#given, this.#chosen);
    if ('refused' in first && first.refused.endsWith('_UNKNOWN')) return first;
    const refused = refusedBooking(this.#setup, this.date, command);
    if (refused) return { refused };
    if ('refused' in first || 'done' in first) return first;
    const { serviceId, prefix, value, legs } = first;
    this.#given.set(prefix, value);
    const number = prefix + String(value).padStart(3, '0');
    this.tickets.push(freshTicket({ id, number, serviceId, isElderly, legs, since: booked?.hour ?? at }));
    return { done: [`ticket.issued ${number}`] };
  }

  #call(counterId: string, at: number, choose: () => ModelTicket | Expected): Expected {
    if (!this.isOpen) return { refused: 'DAY_NOT_OPEN' };
    const counter = this.counters.get(counterId);
    if (!counter) return this.#noCounter(counterId);
    if (counter.isPaused) return { refused: 'COUNTER_PAUSED' };
    const current = this.ticketAt(counterId);
    const mayFinish = this.#setup.callNextFinishes && (current?.status === 'serving' || !this.#setup.confirmsArrival);
    if (current && !mayFinish) return { refused: 'COUNTER_BUSY' };
    const chosen = choose();
    if (!('number' in chosen)) return chosen;
    const done = current ? [this.#finish(current, at)] : [];
    chosen.status = 'called';
    chosen.wasCalled = true;
    chosen.counterId = counterId;
    chosen.called = this.#acts;
    this.#calls.set(chosen.serviceId, (this.#calls.get(chosen.serviceId) ?? 0) + 1);
    return { done: [...done, `ticket.called ${chosen.number}`] };
  }

  #next(counterId: string): ModelTicket | Expected {
    const next = nextAt(counterId, this.#setup, this, this.#turns.get(counterId) ?? 0);
    if (!next) return { refused: 'LINE_EMPTY' };
    if (next.isTurn) this.#turns.set(counterId, (this.#turns.get(counterId) ?? 0) + 1);
    next.ticket.turn = next.isTurn ? `turn ${this.#acts}` : null;
    return next.ticket;
  }

  #named(counterId: string, ticketId: string, reason?: string): ModelTicket | Expected {
    const ticket = this.tickets.find(({ id }) => id === ticketId);
    if (!ticket) return { refused: 'TICKET_UNKNOWN' };
    if (ticket.status !== 'waiting') return { refused: 'ACTION_NOT_ALLOWED' };
    if (!this.#setup.counters.get(counterId)?.includes(ticket.serviceId)) return { refused: 'SERVICE_NOT_SERVED_HERE' };
    const next = this.copy().#next(counterId);
    if (reason === undefined && !('id' in next && next.id === ticketId)) return { refused: 'SKIP_NEEDS_REASON' };
    ticket.turn = null;
    return ticket;
  }

  #act(type: 'recall' | 'start' | 'finish' | 'miss' | 'park', counterId: string, at: number): Expected {
    if (!this.counters.has(counterId)) return this.#noCounter(counterId);
    const ticket = this.ticketAt(counterId);
    if (!ticket) return { refused: 'NO_TICKET_AT_COUNTER' };
    const isServing = ticket.status === 'serving';
    if (type === 'finish') {
      if (!isServing && this.#setup.confirmsArrival) return { refused: 'ACTION_NOT_ALLOWED' };
      return { done: [this.#finish(ticket, at)] };
    }
    if (type === 'park') {
      if (!isServing) return { refused: 'ACTION_NOT_ALLOWED' };
      ticket.keptFor = { who: `a:${this.counters.get(counterId)!.agentId}` };
      return { done: [this.#end(ticket, 'parked', 'ticket.parked')] };
    }
    if (isServing) return { refused: 'ACTION_NOT_ALLOWED' };
    if (type === 'recall') return { done: [`ticket.recalled ${ticket.number}`] };
    if (type === 'miss') return { done: this.#miss(ticket) };
    ticket.status = 'serving';
    ticket.started = this.#acts;
    return { done: [`ticket.started ${ticket.number}`] };
  }

  #miss(ticket: ModelTicket): string[] {
    const { rejoin } = this.#setup;
    const missed = this.#end(ticket, 'missed', 'ticket.missed');
    ticket.misses += 1;
    ticket.missedAt = this.#calls.get(ticket.serviceId) ?? 0;
    if (!rejoin || ticket.misses <= rejoin.times) return [missed];
    return [missed, this.#end(ticket, 'no-show', 'ticket.no-showed')];
  }

  #finish(ticket: ModelTicket, at: number): string {
    if (ticket.legs.length === 0) return this.#end(ticket, 'done', 'ticket.finished');
    const leg = nextOf(ticket.legs, { ...this, setup: this.#setup }, this.#chosen);
    if (!leg) return `${this.#chosen} should not be next`;
    const legs = ticket.legs.filter((other) => other !== leg);
    const since = leg.keptFor ? ticket.since : at;
    const { serviceId, keptFor } = leg;
    Object.assign(ticket, { serviceId, keptFor, legs, since, misses: 0, called: null, started: null });
    return this.#end(ticket, 'waiting', 'ticket.went-on');
  }

  #resume(counterId: string, ticketId: string): Expected {
    const counter = this.counters.get(counterId);
    if (!counter) return this.#noCounter(counterId);
    if (counter.isPaused) return { refused: 'COUNTER_PAUSED' };
    const ticket = this.tickets.find(({ id }) => id === ticketId);
    if (!ticket) return { refused: 'TICKET_UNKNOWN' };
    if (ticket.status !== 'parked') return { refused: 'ACTION_NOT_ALLOWED' };
    if (this.ticketAt(counterId)) return { refused: 'COUNTER_BUSY' };
    if (ticket.keptFor?.who !== `a:${counter.agentId}`) return { refused: 'TICKET_KEPT_FOR_ANOTHER' };
    Object.assign(ticket, { status: 'serving', counterId, keptFor: null });
    return { done: [`ticket.resumed ${ticket.number}`] };
  }

  #undo(counterId: string): Expected {
    const counter = this.counters.get(counterId);
    if (!counter) return this.#noCounter(counterId);
    if (!counter.last) return { refused: 'NOTHING_TO_UNDO' };
    if (!counter.last.every((step) => isAsLeft(this.tickets, step))) return { refused: 'UNDO_OVERTAKEN' };
    if (isTaken(counterId, counter.last, this.ticketAt(counterId))) return { refused: 'UNDO_OVERTAKEN' };
    const done = [...counter.last].reverse().map((step) => `ticket.undone ${putBack(this.tickets, step)}`);
    for (const { before } of counter.last.filter(isCall)) {
      this.#calls.set(before.serviceId, (this.#calls.get(before.serviceId) ?? 0) - 1);
    }
    const turnsBack = counter.last.filter(({ before, after }) => after.turn !== null && after.turn !== before.turn);
    if (turnsBack.length > 0) this.#turns.set(counterId, (this.#turns.get(counterId) ?? 0) - turnsBack.length);
    counter.last = null;
    return { done };
  }

  /** What is done to a ticket wherever it stands. The sender is a manager, or its visitor. */
  #move(command: Extract<ModelCommand, { ticketId: string }>, at: number): Expected {
    const ticket = this.tickets.find(({ id }) => id === command.ticketId);
    if (!ticket) return { refused: 'TICKET_UNKNOWN' };
    const from = (...statuses: ModelTicket['status'][]) => statuses.includes(ticket.status);
    const notAllowed = { refused: 'ACTION_NOT_ALLOWED' };
    switch (command.type) {
      case 'hold-ticket':
        return from('waiting', 'called', 'serving') ? { done: [this.#end(ticket, 'held', 'ticket.held')] } : notAllowed;
      case 'return-ticket':
        if (!from('called', 'serving', 'held', 'parked')) return notAllowed;
        if (command.isByVisitor && !ticket.isOwnHold) return notAllowed;
        if (ticket.status === 'parked') ticket.keptFor = null;
        return { done: [this.#end(ticket, 'waiting', 'ticket.returned')] };
      case 'rejoin-ticket':
        return rejoin(ticket, this.#setup, this.#calls.get(ticket.serviceId) ?? 0, at);
      case 'postpone-ticket':
        return postpone(ticket, this.#setup);
      case 'end-missed':
        return from('missed') ? { done: [this.#end(ticket, 'no-show', 'ticket.no-showed')] } : notAllowed;
      case 'note-ticket':
        return isOver(ticket) ? notAllowed : { done: [`ticket.noted ${ticket.number}`] };
      case 'change-priority':
        if (isOver(ticket)) return notAllowed;
        if (ticket.isElderly === command.isElderly) return { refused: 'PRIORITY_CHANGES_NOTHING' };
        ticket.isElderly = command.isElderly;
        return { done: [`ticket.reclassed ${ticket.number}`] };
      case 'add-leg':
        if (isOver(ticket)) return notAllowed;
        if (!this.#setup.services.has(command.serviceId)) return { refused: 'SERVICE_UNKNOWN' };
        if (ticket.legs.length >= 12) return { refused: 'TOO_MANY_LEGS' };
        ticket.legs = [...ticket.legs, { serviceId: command.serviceId, keptFor: null }];
        return { done: [`ticket.leg-added ${ticket.number}`] };
      case 'transfer-ticket':
        return from('waiting', 'called', 'serving', 'held', 'parked') ? this.#transfer(ticket, command) : notAllowed;
      case 'take-back-ticket':
        return isOver(ticket) ? stayAfterAll(ticket, { ...this, setup: this.#setup }, at) : { refused: 'NOT_LEFT' };
      default:
        if (isOver(ticket) || command.type !== 'cancel-ticket') return notAllowed;
        if (command.isByVisitor) ticket.left = { status: ticket.status, counterId: ticket.counterId, at };
        return { done: [this.#end(ticket, 'cancelled', 'ticket.cancelled')] };
    }
  }

  #transfer(ticket: ModelTicket, command: Extract<ModelCommand, { type: 'transfer-ticket' }>): Expected {
    const serviceId = command.serviceId ?? ticket.serviceId;
    const { keptFor } = command;
    if (!this.#setup.services.has(serviceId)) return { refused: 'SERVICE_UNKNOWN' };
    if (keptFor) {
      const agent = [...this.counters].find(([, { agentId }]) => `a:${agentId}` === keptFor)?.[0];
      const counterId = keptFor.startsWith('c:') ? keptFor.slice(2) : agent;
      if (!counterId) return { refused: 'AGENT_NOT_HERE' };
      const serves = this.#setup.counters.get(counterId);
      if (!serves) return { refused: 'COUNTER_UNKNOWN' };
      if (!serves.includes(serviceId)) return { refused: 'SERVICE_NOT_SERVED_HERE' };
    }
    const isThere = ticket.serviceId === serviceId && (ticket.keptFor?.who ?? null) === keptFor;
    if (ticket.status === 'waiting' && isThere) return { refused: 'TRANSFER_CHANGES_NOTHING' };
    const back = command.comesBack && ticket.counterId ? this.counters.get(ticket.counterId)?.agentId : undefined;
    ticket.legs = [...(back ? [{ serviceId: ticket.serviceId, keptFor: { who: `a:${back}` } }] : []), ...ticket.legs];
    if (serviceId !== ticket.serviceId) Object.assign(ticket, { called: null, started: null });
    Object.assign(ticket, { serviceId, keptFor: keptFor ? { who: keptFor } : null });
    return { done: [this.#end(ticket, 'waiting', 'ticket.transferred')] };
  }

  #end(ticket: ModelTicket, status: ModelTicket['status'], happened: string): string {
    ticket.status = status;
    ticket.counterId = null;
    if (status === 'waiting') ticket.isOwnHold = false;
    return `${happened} ${ticket.number}`;
  }
}
