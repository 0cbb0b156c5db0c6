import type { HallEvent } from '../events.ts';
import type { ServiceId, TicketId } from '../ids.ts';
import type { BranchSetup } from '../setup.ts';
import { order, startAgenda } from './agenda.ts';
import { type CounterKeeper, keepCounters } from './keep-counters.ts';
import type { DayPlan, Duty, PlannedVisit } from './plan-day.ts';
import { openWhatIfHall } from './what-if-hall.ts';
import { type RunNotes, type VisitFollower, followVisits } from './follow-visits.ts';

/** A day that is run through other rules, some commands at a time. */
export interface DayRun {
  /** Goes on for about so many happenings. @returns whether there are more */
  readonly advance: (happenings: number) => boolean;
  readonly notes: () => RunNotes;
}

/** What is to happen: a duty of the clock, an arrival, the next step of a visit, or a look whether somebody may help. */
export type Task =
  | { readonly kind: 'duty'; readonly duty: Duty }
  | { readonly kind: 'arrival'; readonly visit: PlannedVisit }
  | { readonly kind: 'step'; readonly ticketId: TicketId; readonly turn: number }
  | { readonly kind: 'look' };

/**
 * Runs a day's arrivals, services and counters through a hall with the given rules (WHATIF-1, WHATIF-2): each command at
 * its instant, decided by the real deciders. Agents call as soon as they are free and somebody waits.
 *
 * @param tell hears every event of the run
 */
export const startRun = (plan: DayPlan, setup: BranchSetup, tell: (event: HallEvent) => void): DayRun => {
  const agenda = startAgenda<Task>();
  const lookAfterMs = looksOf(setup);
  /** Whether somebody waits who did not, or whom another counter may take now. */
  let hasNews = false;
  const hear = (event: HallEvent): void => {
    tell(event);
    hasNews ||= changesLines.has(event.type);
    if (lookAfterMs.size === 0 || !('ticketId' in event.data)) return;
    const ticket = hall.hall.tickets.get(event.data.ticketId);
    if (ticket?.status !== 'waiting') return;
    for (const afterMs of lookAfterMs.get(ticket.serviceId) ?? []) {
      const at = ticket.queuedAt + afterMs;
      if (at > event.at) agenda.add(at, order.look, { kind: 'look' });
    }
  };
  const hall = openWhatIfHall(plan.branchId, plan.setupRevision, setup, hear);
  const visits: VisitFollower = followVisits(plan, hall, (at, ticketId, turn) =>
    agenda.add(at, order.step, { kind: 'step', ticketId, turn }),
  );
  const counters: CounterKeeper = keepCounters(plan, hall, visits);
  for (const duty of plan.duties) agenda.add(duty.at, order.duty, { kind: 'duty', duty });
  for (const visit of plan.visits) agenda.add(visit.at, order.arrival, { kind: 'arrival', visit });

  const perform = (task: Task, at: number): void => {
    if (task.kind === 'duty') counters.perform(task.duty);
    else if (task.kind === 'arrival') visits.arrive(task.visit);
    else if (task.kind === 'look' || visits.goOn(task.ticketId, task.turn, at)) hasNews = true;
  };

  return {
    advance: (happenings) => {
      for (let left = happenings; left > 0;) {
        const at = agenda.nextAt();
        if (at === undefined || at > plan.endsAt) return false;
        while (agenda.nextAt() === at) {
          perform(agenda.takeNext()!, at);
          left -= 1;
        }
        do {
          // Helpers look at how long somebody has waited, which time alone changes.
          const lookAtAll = hasNews || lookAfterMs.size > 0;
          hasNews = false;
          counters.callWhoWaits(at, lookAtAll);
          // A counter that closed at last lets an agent open another.
        } while (hasNews);
      }
      return true;
    },
    notes: () => ({ ...visits.notes(), ...counters.notes() }),
  };
};

/** Whatever puts somebody into a line, or takes away for whom one is kept. */
const changesLines: ReadonlySet<HallEvent['type']> = new Set([
  'ticket.issued',
  'ticket.went-on',
  'ticket.returned',
  'ticket.transferred',
  'ticket.rejoined',
  'counter.closed',
]);

/** After which waits some counter helps with a service. */
const looksOf = ({ counters }: BranchSetup): ReadonlyMap<ServiceId, ReadonlySet<number>> => {
  const looks = new Map<ServiceId, Set<number>>();
  for (const { helpsAfterMs } of counters.values()) {
    for (const [serviceId, afterMs] of helpsAfterMs ?? []) {
      looks.set(serviceId, (looks.get(serviceId) ?? new Set()).add(afterMs));
    }
  }
  return looks;
};
