import type { Command, CommandType } from '../commands.ts';
import type { Actor } from '../events.ts';
import { type CounterState, type Hall, ticketAt } from '../hall.ts';
import type { CounterId, TicketId } from '../ids.ts';
import { life, type TicketAction } from '../life.ts';
import { type Decision, type Refusal, refuse } from '../refusal.ts';
import type { BranchSetup } from '../setup.ts';
import type { Ticket } from '../ticket.ts';

/** One act of the domain: pure, total, explains itself. */
export type Decider<T extends CommandType> = (
  hall: Hall,
  setup: BranchSetup,
  command: Command<T>,
  now: number,
) => Decision;

type Refused = Extract<Decision, { accepted: false }>;

/** The counter if it is open (or paused, where the caller says so) and the actor may work at it (COUNTER-4). */
export const openCounterOf = (
  hall: Hall,
  setup: BranchSetup,
  counterId: CounterId,
  actor: Actor,
): { counter: CounterState; refused?: undefined } | { counter?: undefined; refused: Refused } => {
  const counter = hall.counters.get(counterId);
  if (!counter) {
    // One that is open may be closed even when the set-up no longer has it.
    return { refused: refusal(setup.counters.has(counterId) ? 'COUNTER_NOT_OPEN' : 'COUNTER_UNKNOWN', { counterId }) };
  }
  if (actor.kind === 'agent' && actor.staffId !== counter.agentId) {
    return { refused: refusal('NOT_YOUR_COUNTER', { counterId }) };
  }
  return { counter };
};

/** The ticket at a counter if the life table lets the action happen to it. */
export const ticketForAction = (
  hall: Hall,
  setup: BranchSetup,
  counterId: CounterId,
  actor: Actor,
  action: TicketAction,
):
  | { ticket: Ticket; counter: CounterState; refused?: undefined }
  | { ticket?: undefined; counter?: undefined; refused: Refused } => {
  const open = openCounterOf(hall, setup, counterId, actor);
  if (open.refused) return { refused: open.refused };
  const ticket = ticketAt(hall, counterId);
  if (!ticket) return { refused: refusal('NO_TICKET_AT_COUNTER', { counterId }) };
  const refused = refusedByLife(ticket, action);
  return refused ? { refused } : { ticket, counter: open.counter };
};

/** A ticket wherever it stands, if the life table lets the action happen to it and the actor may move it. */
export const ticketToMove = (
  hall: Hall,
  setup: BranchSetup,
  ticketId: TicketId,
  actor: Actor,
  action: TicketAction,
): { ticket: Ticket; refused?: undefined } | { ticket?: undefined; refused: Refused } => {
  const ticket = hall.tickets.get(ticketId);
  if (!ticket) return { refused: refusal('TICKET_UNKNOWN', { ticketId }) };
  const refused = refusedByLife(ticket, action) ?? refusedElsewhere(hall, setup, ticket, actor);
  return refused ? { refused } : { ticket };
};

/** The refusal of the life table's empty cells (LIFE-1), or `null` where the action leads somewhere. */
export const refusedByLife = (ticket: Ticket, action: TicketAction): Refused | null =>
  life[ticket.status][action] === null ? refusedAs(ticket, action) : null;

/** The refusal of something that cannot be done to a ticket where it stands. */
export const refusedAs = ({ id, number, status }: Ticket, action: string): Refused =>
  refusal('ACTION_NOT_ALLOWED', { action, status, ticketId: id, number });

/** The refusal of an agent who moves a visitor that stands at somebody else's counter (COUNTER-4). */
export const refusedElsewhere = (
  hall: Hall,
  setup: BranchSetup,
  { counterId }: Ticket,
  actor: Actor,
): Refused | null => (counterId ? (openCounterOf(hall, setup, counterId, actor).refused ?? null) : null);

/** What every event of a ticket says of it. */
export const factsOf = ({ id, number, serviceId }: Ticket) => ({ ticketId: id, number, serviceId });

const refusal = (code: Refusal['code'], details: Refusal['details']): Refused => refuse(code, details) as Refused;
