import { isFull, type WhereChosen } from './model-legs.ts';
import type { Expected, ModelStep, ModelTicket } from './model-types.ts';

export const isOver = ({ status }: ModelTicket): boolean => ['done', 'no-show', 'cancelled'].includes(status);

/** What an act moved, whom it finished first. */
export const movedBy = (before: readonly ModelTicket[], now: readonly ModelTicket[]): readonly ModelStep[] =>
  before
    .flatMap((old): ModelStep[] => {
      const ticket = now.find(({ id }) => id === old.id);
      return ticket && JSON.stringify(ticket) !== JSON.stringify(old) ? [{ before: old, after: { ...ticket } }] : [];
    })
    .sort((a, b) => Number(a.before.counterId === null) - Number(b.before.counterId === null));

export const isCall = ({ before, after }: ModelStep): boolean =>
  before.status === 'waiting' && after.status === 'called';

/** Whether nothing else has happened to the ticket since. */
export const isAsLeft = (tickets: readonly ModelTicket[], { before, after }: ModelStep): boolean => {
  const now = tickets.find(({ id }) => id === after.id)!;
  const same = ['status', 'counterId', 'serviceId', 'since', 'keptFor', 'called', 'started'] as const;
  const legs = now.legs === after.legs || before.legs === after.legs;
  return legs && same.every((field) => now[field] === after[field]);
};

/** Whether somebody else stands where the act began. */
export const isTaken = (counterId: string, steps: readonly ModelStep[], standing: ModelTicket | undefined): boolean =>
  standing !== undefined &&
  steps.every(({ after }) => after.id !== standing.id) &&
  steps.some(({ before }) => before.counterId === counterId);

/** Puts the ticket back to where it stood; services added meanwhile stay, and what its visitor used up. Answers with its number. */
export const putBack = (tickets: readonly ModelTicket[], { before, after }: ModelStep): string => {
  const now = tickets.find(({ id }) => id === before.id)!;
  const { postponed, isElderly } = now;
  Object.assign(now, { ...before, postponed, isElderly, legs: now.legs === after.legs ? before.legs : now.legs });
  return now.number;
};

/** Takes back that somebody left, if it is not too late and what they had is still there. */
export const stayAfterAll = (
  ticket: ModelTicket,
  where: WhereChosen & { readonly isOpen: boolean },
  at: number,
): Expected => {
  const { left } = ticket;
  const { services } = where.setup;
  if (!left) return { refused: 'ACTION_NOT_ALLOWED' };
  if (!where.isOpen) return { refused: 'DAY_NOT_OPEN' };
  if (at - left.at > 15_000) return { refused: 'LEFT_TOO_LONG_AGO' };
  if (![ticket, ...ticket.legs].every(({ serviceId }) => services.has(serviceId)))
    return { refused: 'SERVICE_UNKNOWN' };
  const isBound = !ticket.wasCalled && services.has(ticket.issuedFor);
  if (isBound && isFull(where)(ticket.issuedFor)) return { refused: 'SERVICE_FULL' };
  const { status, counterId } = left;
  const hasOther = where.tickets.some((other) => other.counterId === counterId);
  const isTaken = counterId !== null && (hasOther || where.counters.get(counterId)?.isPaused !== false);
  Object.assign(ticket, isTaken ? { status: 'waiting', left: null } : { status, counterId, left: null });
  return { done: [`ticket.undone ${ticket.number}`] };
};
