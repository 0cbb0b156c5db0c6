import type { Append } from '@antrean/server/ledger/append-events.ts';
import { hashTexts } from '@antrean/server/ledger/hash-event.ts';
import type { Head } from '@antrean/server/ledger/read-head.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import { evolve } from '@antrean/shared/domain/evolve.ts';
import { emptyHall, type Hall } from '@antrean/shared/domain/hall.ts';
import type { BranchId, CommandId } from '@antrean/shared/domain/ids.ts';
import postgres from 'postgres';
import type { Guards } from './guards.ts';
import { withoutStack } from './wire.ts';

/**
 * Postgres as the ledger uses it: one statement appends if the branch is still at the version and hash it builds on, and
 * the constraints of `migrations/` hold or the whole statement is undone.
 */
export class ModelLedger {
  readonly events: HallEvent[] = [];
  head: Head = { epoch: 'ledger-1', version: 0, hash: '', dayVersion: 0 };
  readonly #guards: Guards;
  readonly #byCommand = new Map<CommandId, HallEvent[]>();
  /** `ticket`: branch, business day, number. */
  #numbers = new Set<string>();
  /** `counter_ticket`: counter → ticket, each once. */
  readonly #atCounter = new Map<string, string>();
  /** `counter_seat`: counter → agent, each once. */
  #seats = new Map<string, string>();
  /** The fold of everything, by version: what every copy must come to. */
  readonly #truth: Hall[];

  constructor(branchId: BranchId, guards: Guards) {
    this.#guards = guards;
    this.#truth = [emptyHall(branchId)];
  }

  /** The state as of a version. */
  truthAt(version: number): Hall | undefined {
    return this.#truth[version];
  }

  /** @param now the database's clock, epoch ms */
  append(append: Append, now: number): { hash: string } | 'moved' {
    if (now > append.until) return 'moved';
    const isAtHead = this.head.version === append.after && this.head.hash === append.hash;
    if (this.#guards.versionCheck && !isAtHead) return 'moved';
    this.#checkConstraints(append);
    const { issued, left, came, seats } = append.rows;
    for (const { number } of issued) this.#numbers.add(`${append.businessDay}|${number}`);
    this.#leave(left);
    for (const [counterId, ticketId] of came) this.#atCounter.set(counterId, ticketId);
    for (const [counterId, agentId] of seats) {
      if (agentId === null) this.#seats.delete(counterId);
      else this.#seats.set(counterId, agentId);
    }
    let { hash } = this.head;
    for (const given of append.events) {
      // As stored: JSON text, at whatever version comes next.
      const { type, at, commandId } = given;
      const [actor, data] = [JSON.stringify(given.actor), JSON.stringify(given.data)];
      const facts = { version: this.events.length + 1, at, commandId };
      const event = { type, data: JSON.parse(data), ...facts, actor: JSON.parse(actor) } as HallEvent;
      hash = hashTexts(hash, event, actor, data);
      this.events.push(event);
      const before = this.#byCommand.get(commandId);
      if (before) before.push(event);
      else this.#byCommand.set(commandId, [event]);
      this.#truth.push(evolve(this.#truth.at(-1)!, event));
    }
    this.head = { ...this.head, version: this.events.length, hash, dayVersion: append.dayVersion };
    return { hash };
  }

  has(commandId: CommandId): boolean {
    return this.#byCommand.has(commandId);
  }

  readEvents(after: number): HallEvent[] {
    return this.events.slice(after);
  }

  findCommands(ids: readonly CommandId[]): Map<CommandId, HallEvent[]> {
    const found = ids.flatMap((id) => (this.#byCommand.has(id) ? [[id, this.#byCommand.get(id)!] as const] : []));
    return new Map(this.#guards.commandOnce ? found : []);
  }

  #checkConstraints({ events, businessDay, rows }: Append): void {
    if (this.#guards.commandOnce && events.some(({ commandId }) => this.#byCommand.has(commandId))) {
      throw violation('ticket_event_command_once');
    }
    const numbers = rows.issued.map(({ number }) => `${businessDay}|${number}`);
    const isDouble = new Set(numbers).size < numbers.length || numbers.some((number) => this.#numbers.has(number));
    if (this.#guards.numberOnce && isDouble) throw violation('ticket_branch_id_business_day_number_pk');
    if (rows.came.length > 0) this.#checkCame(rows);
    if (rows.seats.length > 0) this.#checkSeats(rows);
  }

  #checkCame({ left, came }: Append['rows']): void {
    const gone = new Set<string>(left);
    const stays = [...this.#atCounter].filter(([, ticketId]) => !gone.has(ticketId));
    const counters = new Set(stays.map(([counterId]) => counterId));
    const tickets = new Set(stays.map(([, ticketId]) => ticketId));
    for (const [counterId, ticketId] of came) {
      if (counters.has(counterId) || tickets.has(ticketId)) throw violation('counter_ticket_once');
      counters.add(counterId);
      tickets.add(ticketId);
    }
  }

  #checkSeats(rows: Append['rows']): void {
    const seats = new Map(this.#seats);
    for (const [counterId, agentId] of rows.seats) if (agentId === null) seats.delete(counterId);
    for (const [counterId, agentId] of rows.seats) if (agentId !== null) seats.set(counterId, agentId);
    if (new Set(seats.values()).size < seats.size) throw violation('counter_seat_agent_once');
  }

  #leave(ticketIds: readonly string[]): void {
    for (const [counterId, ticketId] of this.#atCounter)
      if (ticketIds.includes(ticketId)) this.#atCounter.delete(counterId);
  }
}

const violation = (constraint: string): Error =>
  withoutStack(() =>
    Object.assign(new postgres.PostgresError(constraint), {
      code: '23505',
      severity: 'ERROR',
      constraint_name: constraint,
    }),
  );
