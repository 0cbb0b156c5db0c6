/**
 * The rules stated once more, as plainly as possible and without a line of the product's code: what a sequence of
 * commands must lead to, one after another. Tests hold the running system against it.
 */
export interface ModelTicket {
  readonly id: string;
  readonly number: string;
  readonly serviceId: string;
  readonly isElderly: boolean;
  wasCalled: boolean;
  status: 'waiting' | 'called' | 'serving' | 'missed' | 'done' | 'no-show' | 'cancelled';
  counterId: string | null;
}

export interface ModelCounter {
  agentId: string;
  isPaused: boolean;
}

/** What the model expects of a command: a refusal's code, or what happened to which ticket. */
export type Expected = { readonly refused: string } | { readonly done: readonly string[] };

export type ModelCommand =
  | { readonly type: 'open-day'; readonly date: string }
  | { readonly type: 'close-day' }
  | { readonly type: 'open-counter'; readonly counterId: string; readonly agentId: string }
  | { readonly type: 'pause-counter' | 'resume-counter' | 'close-counter'; readonly counterId: string }
  | { readonly type: 'issue-ticket'; readonly serviceId: string; readonly isElderly: boolean }
  | { readonly type: 'call-next' | 'recall' | 'start' | 'finish' | 'miss'; readonly counterId: string }
  | { readonly type: 'call-ticket'; readonly counterId: string; readonly ticketId: string }
  | { readonly type: 'cancel-ticket'; readonly ticketId: string };

export interface ModelService {
  readonly prefix: string;
  readonly quota?: number;
  readonly numbers?: { readonly from: number; readonly to: number; readonly step: number };
}

export interface ModelSetup {
  readonly services: ReadonlyMap<string, ModelService>;
  /** Services by counter. */
  readonly counters: ReadonlyMap<string, readonly string[]>;
  /** The last date that may be opened. */
  readonly furthest: string;
  readonly confirmsArrival: boolean;
  readonly callNextFinishes: boolean;
}

export class HallModel {
  readonly #setup: ModelSetup;
  date: string | null = null;
  isOpen = false;
  tickets: ModelTicket[] = [];
  readonly counters = new Map<string, ModelCounter>();
  readonly #given = new Map<string, number>();

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
    copy.date = this.date;
    copy.isOpen = this.isOpen;
    copy.tickets = this.tickets.map((ticket) => ({ ...ticket }));
    for (const [id, counter] of this.counters) copy.counters.set(id, { ...counter });
    for (const [prefix, value] of this.#given) copy.#given.set(prefix, value);
    return copy;
  }

  run(command: ModelCommand, commandId: string): Expected {
    switch (command.type) {
      case 'open-day':
        return this.#openDay(command.date);
      case 'close-day':
        return this.#closeDay();
      case 'open-counter':
        return this.#openCounter(command.counterId, command.agentId);
      case 'pause-counter':
      case 'resume-counter':
      case 'close-counter':
        return this.#changeCounter(command.type, command.counterId);
      case 'issue-ticket':
        return this.#issue(command.serviceId, command.isElderly, commandId);
      case 'call-next':
        return this.#call(command.counterId, () => this.#next(command.counterId));
      case 'call-ticket':
        return this.#call(command.counterId, () => this.#named(command.counterId, command.ticketId));
      case 'recall':
      case 'start':
      case 'finish':
      case 'miss':
        return this.#act(command.type, command.counterId);
      case 'cancel-ticket':
        return this.#cancel(command.ticketId);
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
      else if (ticket.status === 'waiting' || ticket.status === 'called') {
        done.push(this.#end(ticket, 'cancelled', 'ticket.cancelled'));
      }
    }
    for (const id of [...this.counters.keys()].sort()) done.push(`counter.closed ${id}`);
    this.counters.clear();
    this.isOpen = false;
    return { done: [...done, 'day.closed'] };
  }

  #openCounter(counterId: string, agentId: string): Expected {
    if (!this.#setup.counters.has(counterId)) return { refused: 'COUNTER_UNKNOWN' };
    if (!this.isOpen) return { refused: 'DAY_NOT_OPEN' };
    if (this.counters.has(counterId)) return { refused: 'COUNTER_ALREADY_OPEN' };
    if ([...this.counters.values()].some((other) => other.agentId === agentId)) {
      return { refused: 'AGENT_AT_OTHER_COUNTER' };
    }
    this.counters.set(counterId, { agentId, isPaused: false });
    return { done: [`counter.opened ${counterId}`] };
  }

  #changeCounter(type: 'pause-counter' | 'resume-counter' | 'close-counter', counterId: string): Expected {
    const counter = this.counters.get(counterId);
    if (!counter) return this.#noCounter(counterId);
    const isBusy = this.ticketAt(counterId) !== undefined;
    if (type === 'resume-counter') {
      if (!counter.isPaused) return { refused: 'COUNTER_NOT_PAUSED' };
      counter.isPaused = false;
      return { done: [`counter.resumed ${counterId}`] };
    }
    if (type === 'pause-counter' && counter.isPaused) return { refused: 'COUNTER_PAUSED' };
    if (isBusy) return { refused: 'COUNTER_BUSY' };
    if (type === 'close-counter') this.counters.delete(counterId);
    else counter.isPaused = true;
    return { done: [`counter.${type === 'close-counter' ? 'closed' : 'paused'} ${counterId}`] };
  }

  #noCounter(counterId: string): Expected {
    return { refused: this.#setup.counters.has(counterId) ? 'COUNTER_NOT_OPEN' : 'COUNTER_UNKNOWN' };
  }

  #issue(serviceId: string, isElderly: boolean, commandId: string): Expected {
    if (!this.isOpen) return { refused: 'DAY_NOT_OPEN' };
    const service = this.#setup.services.get(serviceId);
    if (!service) return { refused: 'SERVICE_UNKNOWN' };
    const { prefix, quota = Infinity, numbers = { from: 1, to: Infinity, step: 1 } } = service;
    const counting = this.tickets.filter((ticket) => ticket.status !== 'cancelled' || ticket.wasCalled);
    if (counting.filter((ticket) => ticket.serviceId === serviceId).length >= quota) return { refused: 'SERVICE_FULL' };
    let value = numbers.from;
    while (value <= (this.#given.get(prefix) ?? 0)) value += numbers.step;
    if (value > numbers.to) return { refused: 'NUMBERS_USED_UP' };
    this.#given.set(prefix, value);
    const number = prefix + String(value).padStart(3, '0');
    const ticket = { id: commandId, number, serviceId, isElderly, wasCalled: false, counterId: null };
    this.tickets.push({ ...ticket, status: 'waiting' });
    return { done: [`ticket.issued ${number}`] };
  }

  #call(counterId: string, choose: () => ModelTicket | Expected): Expected {
    if (!this.isOpen) return { refused: 'DAY_NOT_OPEN' };
    const counter = this.counters.get(counterId);
    if (!counter) return this.#noCounter(counterId);
    if (counter.isPaused) return { refused: 'COUNTER_PAUSED' };
    const current = this.ticketAt(counterId);
    const mayFinish = this.#setup.callNextFinishes && (current?.status === 'serving' || !this.#setup.confirmsArrival);
    if (current && !mayFinish) return { refused: 'COUNTER_BUSY' };
    const chosen = choose();
    if (!('number' in chosen)) return chosen;
    const done = current ? [this.#end(current, 'done', 'ticket.finished')] : [];
    chosen.status = 'called';
    chosen.wasCalled = true;
    chosen.counterId = counterId;
    return { done: [...done, `ticket.called ${chosen.number}`] };
  }

  /** The elderly first, and otherwise whoever came first: no test lasts as long as their head start. */
  #next(counterId: string): ModelTicket | Expected {
    const served = this.#setup.counters.get(counterId) ?? [];
    const waiting = this.tickets.filter(({ status, serviceId }) => status === 'waiting' && served.includes(serviceId));
    return waiting.find(({ isElderly }) => isElderly) ?? waiting[0] ?? { refused: 'LINE_EMPTY' };
  }

  #named(counterId: string, ticketId: string): ModelTicket | Expected {
    const ticket = this.tickets.find(({ id }) => id === ticketId);
    if (!ticket) return { refused: 'TICKET_UNKNOWN' };
    if (ticket.status !== 'waiting') return { refused: 'ACTION_NOT_ALLOWED' };
    if (!this.#setup.counters.get(counterId)?.includes(ticket.serviceId)) return { refused: 'SERVICE_NOT_SERVED_HERE' };
    return ticket;
  }

  #act(type: 'recall' | 'start' | 'finish' | 'miss', counterId: string): Expected {
    if (!this.counters.has(counterId)) return this.#noCounter(counterId);
    const ticket = this.ticketAt(counterId);
    if (!ticket) return { refused: 'NO_TICKET_AT_COUNTER' };
    const isServing = ticket.status === 'serving';
    if (type === 'finish') {
      if (!isServing && this.#setup.confirmsArrival) return { refused: 'ACTION_NOT_ALLOWED' };
      return { done: [this.#end(ticket, 'done', 'ticket.finished')] };
    }
    if (isServing) return { refused: 'ACTION_NOT_ALLOWED' };
    if (type === 'recall') return { done: [`ticket.recalled ${ticket.number}`] };
    if (type === 'miss') return { done: [this.#end(ticket, 'missed', 'ticket.missed')] };
    ticket.status = 'serving';
    return { done: [`ticket.started ${ticket.number}`] };
  }

  #cancel(ticketId: string): Expected {
    const ticket = this.tickets.find(({ id }) => id === ticketId);
    if (!ticket) return { refused: 'TICKET_UNKNOWN' };
    if (['done', 'no-show', 'cancelled'].includes(ticket.status)) return { refused: 'ACTION_NOT_ALLOWED' };
    return { done: [this.#end(ticket, 'cancelled', 'ticket.cancelled')] };
  }

  #end(ticket: ModelTicket, status: ModelTicket['status'], happened: string): string {
    ticket.status = status;
    ticket.counterId = null;
    return `${happened} ${ticket.number}`;
  }
}
