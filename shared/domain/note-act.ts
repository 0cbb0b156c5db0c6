import type { HallEvent } from './events.ts';
import type { ActStep, DayTotals } from './hall.ts';
import type { HallDraft } from './hall-draft.ts';
import type { TicketAction } from './life.ts';

/** Events that can happen at a counter and be taken back there (UNDO-1), with the action they are. */
export const undoable: { readonly [T in HallEvent['type']]?: TicketAction } = {
  'ticket.called': 'call',
  'ticket.started': 'start',
  'ticket.finished': 'finish',
  'ticket.went-on': 'go-on',
  'ticket.missed': 'miss',
  'ticket.no-showed': 'miss',
  'ticket.held': 'hold',
  'ticket.returned': 'return',
  'ticket.parked': 'park',
  'ticket.resumed': 'resume',
  'ticket.transferred': 'transfer',
};

/** An event of `undoable`. */
export type CounterEvent = Extract<
  HallEvent,
  {
    type:
      | 'ticket.called'
      | 'ticket.started'
      | 'ticket.finished'
      | 'ticket.went-on'
      | 'ticket.missed'
      | 'ticket.no-showed'
      | 'ticket.held'
      | 'ticket.returned'
      | 'ticket.parked'
      | 'ticket.resumed'
      | 'ticket.transferred';
  }
>;

/** Carries an event out and notes at its counter how things stood before: one command's events are one act. */
export const noteAct = (draft: HallDraft, event: CounterEvent, action: TicketAction, apply: () => void): void => {
  const { counterId, ticketId } = event.data;
  const before = draft.tickets.get(ticketId);
  const totals = draft.totals;
  apply();
  const counter = counterId && draft.counters.get(counterId);
  const after = draft.tickets.get(ticketId);
  if (!counter || !before || !after) return;
  const { commandId, at } = event;
  const step: ActStep = { before, after, totals: addTotals(draft.totals, totals, -1) };
  const act = counter.lastAct?.commandId === commandId ? counter.lastAct : null;
  const steps = act ? withStep(act.steps, step) : [step];
  draft.counters.set(counter.id, { ...counter, lastAct: { commandId, action, at, steps } });
};

const withStep = (steps: readonly ActStep[], step: ActStep): ActStep[] => {
  const earlier = steps.find(({ before }) => before.id === step.before.id);
  if (!earlier) return [...steps, step];
  const both = { before: earlier.before, after: step.after, totals: addTotals(earlier.totals, step.totals, 1) };
  return steps.map((other) => (other === earlier ? both : other));
};

/** `a + sign × b`, field by field. */
export const addTotals = (a: DayTotals, b: DayTotals, sign: 1 | -1): DayTotals => ({
  issued: a.issued + sign * b.issued,
  called: a.called + sign * b.called,
  done: a.done + sign * b.done,
  missed: a.missed + sign * b.missed,
  cancelled: a.cancelled + sign * b.cancelled,
  waitedMs: a.waitedMs + sign * b.waitedMs,
});
