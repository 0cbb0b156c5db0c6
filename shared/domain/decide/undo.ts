import { event } from '../events.ts';
import { type ActStep, type Hall, ticketAt } from '../hall.ts';
import { accept, refuse } from '../refusal.ts';
import { undoWithinMs } from '../setup.ts';
import { type Decider, factsOf, openCounterOf } from './decider.ts';

/** Takes back the last act at a counter: everything it moved stands as before, by events of its own (UNDO-1). */
export const undo: Decider<'undo'> = (hall, setup, { counterId, actor }, now) => {
  const { counter, refused } = openCounterOf(hall, setup, counterId, actor);
  if (refused) return refused;
  const act = counter.lastAct;
  if (!act) return refuse('NOTHING_TO_UNDO', { counterId });
  const withinMs = setup.rules.undoWithinMs ?? undoWithinMs;
  if (now - act.at > withinMs) return refuse('UNDO_TOO_LATE', { counterId, seconds: Math.floor(withinMs / 1_000) });
  const overtaken = act.steps.find((step) => !isAsLeft(hall, step));
  if (overtaken) return refuse('UNDO_OVERTAKEN', { counterId, number: overtaken.after.number });
  // Who had left from here and stays after all stands at the counter again, without an act of it (UNDO-2).
  const standing = ticketAt(hall, counterId);
  const isOfAct = act.steps.some(({ after }) => after.id === standing?.id);
  if (standing && !isOfAct && act.steps.some(({ before }) => before.counterId === counterId)) {
    return refuse('UNDO_OVERTAKEN', { counterId, number: standing.number });
  }
  return accept(
    ...[...act.steps].reverse().map(({ before }) => {
      const now = hall.tickets.get(before.id) ?? before;
      const { action } = act;
      const back = { toServiceId: before.serviceId, status: before.status };
      return event('ticket.undone', { ...factsOf(now), counterId, action, ...back });
    }),
  );
};

/** Whether nobody has moved the ticket since. */
export const isAsLeft = (hall: Hall, { before, after }: ActStep): boolean => {
  const now = hall.tickets.get(after.id);
  return (
    now?.status === after.status &&
    now.counterId === after.counterId &&
    now.serviceId === after.serviceId &&
    now.queuedAt === after.queuedAt &&
    now.calledAt === after.calledAt &&
    now.startedAt === after.startedAt &&
    now.reservedFor === after.reservedFor &&
    // Legs that were added meanwhile would be lost where the act itself took one away.
    (now.legs === after.legs || before.legs === after.legs)
  );
};
