import type { ModelStep, ModelTicket } from './model-types.ts';

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

/** Puts the ticket back to where it stood; services added meanwhile stay. Answers with its number. */
export const putBack = (tickets: readonly ModelTicket[], { before, after }: ModelStep): string => {
  const now = tickets.find(({ id }) => id === before.id)!;
  Object.assign(now, { ...before, legs: now.legs === after.legs ? before.legs : now.legs });
  return now.number;
};
