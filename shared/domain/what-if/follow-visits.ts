import { factsOf } from '../decide/decider.ts';
import type { HallEvent } from '../events.ts';
import type { CommandId, ServiceId, StaffId, TicketId } from '../ids.ts';
import type { RefusalCode } from '../refusal.ts';
import { isKeptForAgent } from '../reservation.ts';
import { isOpen, type Ticket } from '../ticket.ts';
import { commandOf } from './command-of-step.ts';
import type { DayPlan, PlannedVisit, Step } from './plan-day.ts';
import { usualTimesOf } from './usual-times.ts';
import type { WhatIfHall } from './what-if-hall.ts';

/** Where a run had to depart from the day, counted. */
export interface RunNotes {
  /** Who left in truth, or was never called, but was called here before: served as long as is usual. */
  readonly servedInstead: number;
  /** Who got no ticket here: by the hours, a quota or the set-up of these rules. */
  readonly notIssued: number;
  /** What happened to people while they waited (a hold, a transfer) and came too late here: they had been called. */
  readonly overtaken: number;
  /** What these rules did not let happen again, by the code of the refusal. */
  readonly refused: Readonly<Partial<Record<RefusalCode, number>>>;
  /** Counters that closed later than they did, and breaks that were shorter or fell away, for a visitor at the desk. */
  readonly lateClosings: number;
  readonly shorterBreaks: number;
}

export interface VisitFollower {
  readonly arrive: (visit: PlannedVisit) => void;
  /**
   * The next step of a visit is due. `turn` tells whether it is still the one that was put down.
   *
   * @returns whether an agent who is free now has something to do
   */
  readonly goOn: (ticketId: TicketId, turn: number, at: number) => boolean;
  /** The ticket was called: from here on happens what then happened. */
  readonly called: (ticketId: TicketId, at: number) => void;
  /** Goes on with a visit that is parked for the agent and whose time has come. @returns whether there was one */
  readonly resumeFor: (agentId: StaffId, counterId: Ticket['counterId'] & string, at: number) => boolean;
  /** Whether somebody waits for the service who was called in truth. */
  readonly isOwed: (serviceIds: ReadonlySet<ServiceId>) => boolean;
  readonly notes: () => Omit<RunNotes, 'lateClosings' | 'shorterBreaks'>;
}

interface Followed {
  steps: readonly Step[];
  /** The next of `steps`. */
  next: number;
  /** Counts up with whatever happens, so that a step that was put down before is known to be out of date. */
  turn: number;
}

/**
 * Leads each visit through what happened to it in truth. Being called is up to the rules; what happens between two calls
 * takes as long as it took (WHATIF-1).
 *
 * @param putDown asks to be told (`goOn`) at an instant
 */
export const followVisits = (
  plan: DayPlan,
  { hall, setup, send }: WhatIfHall,
  putDown: (at: number, ticketId: TicketId, turn: number) => void,
): VisitFollower => {
  const usual = usualTimesOf(plan.visits);
  const visits = new Map<TicketId, Followed>();
  const parked = new Set<TicketId>();
  const refused: Partial<Record<RefusalCode, number>> = {};
  let servedInstead = 0;
  let notIssued = 0;
  let overtaken = 0;

  const note = (code: RefusalCode): void => void (refused[code] = (refused[code] ?? 0) + 1);

  /** Puts the next step down, unless the rules decide when it comes. */
  const awaitNext = (ticketId: TicketId, visit: Followed, at: number): void => {
    visit.turn += 1;
    const step = visit.steps[visit.next];
    if (step && step.type !== 'called') putDown(at + step.afterMs, ticketId, visit.turn);
  };

  /** What the rules refuse did not happen; a counter is free again all the same. */
  const goWithout = (ticket: Ticket, code: RefusalCode, at: number): void => {
    note(code);
    const { counterId, status } = ticket;
    if (!counterId) return;
    if (status === 'called') send({ type: 'start', counterId }, at);
    send({ type: 'finish', counterId, outcome: null }, at);
  };

  return {
    arrive: ({ ticketId, at, actor, issued, steps }) => {
      const { serviceId, priority, channel, language, holder } = issued;
      const asked = { type: 'issue-ticket', serviceId, priority, channel, language } as const;
      const commandId = ticketId as string as CommandId;
      const events = send({ ...asked, ...(holder !== undefined && { holder }) }, at, { actor, commandId });
      if (typeof events === 'string') return void (notIssued += 1);
      const visit: Followed = { steps, next: 0, turn: 0 };
      visits.set(ticketId, visit);
      awaitNext(ticketId, visit, at);
    },
    goOn: (ticketId, turn, at) => {
      const visit = visits.get(ticketId);
      const ticket = hall.tickets.get(ticketId);
      const step = visit?.steps[visit.next];
      if (!visit || !ticket || !step || visit.turn !== turn || !isOpen(ticket.status)) return false;
      if (step.type === 'resumed') return parked.add(ticketId).size > 0;
      const needsStart = step.type === 'finished' || step.type === 'went-on';
      if (needsStart && ticket.status === 'called' && setup.rules.confirmsArrival && ticket.counterId) {
        send({ type: 'start', counterId: ticket.counterId }, at);
      }
      const asked = commandOf(step, ticket);
      const isOfVisitor = step.type === 'cancelled';
      const events = asked ? send(asked, at, isOfVisitor ? { actor: step.actor } : {}) : 'NO_TICKET_AT_COUNTER';
      if (typeof events === 'string') goWithout(ticket, events, at);
      visit.next += 1;
      awaitNext(ticketId, visit, at);
      return false;
    },
    called: (ticketId, at) => {
      const visit = visits.get(ticketId);
      const ticket = hall.tickets.get(ticketId);
      if (!visit || !ticket) return;
      const call = visit.steps.findIndex(({ type }, index) => index >= visit.next && type === 'called');
      if (call === -1) {
        servedInstead += 1;
        visit.steps = usualTurn(ticket, usual(ticket.serviceId));
        visit.next = 0;
      } else {
        overtaken += call - visit.next;
        visit.next = call + 1;
      }
      awaitNext(ticketId, visit, at);
    },
    resumeFor: (agentId, counterId, at) => {
      for (const ticketId of parked) {
        const ticket = hall.tickets.get(ticketId);
        const visit = visits.get(ticketId);
        if (ticket?.status !== 'parked' || !visit) {
          parked.delete(ticketId);
          continue;
        }
        if (!isKeptForAgent(ticket.reservedFor, agentId)) continue;
        parked.delete(ticketId);
        const events = send({ type: 'resume-ticket', counterId, ticketId }, at);
        if (typeof events === 'string') note(events);
        visit.next += 1;
        awaitNext(ticketId, visit, at);
        if (typeof events !== 'string') return true;
      }
      return false;
    },
    isOwed: (serviceIds) => {
      for (const ticketId of hall.waiting.values()) {
        const visit = visits.get(ticketId);
        const serviceId = hall.tickets.get(ticketId)?.serviceId;
        if (!visit || !serviceId || !serviceIds.has(serviceId)) continue;
        if (visit.steps.some(({ type }, index) => index >= visit.next && type === 'called')) return true;
      }
      return false;
    },
    notes: () => ({ servedInstead, notIssued, overtaken, refused }),
  };
};

/** Walks to the counter, is served, and is done: what is assumed where the day does not tell. */
const usualTurn = (ticket: Ticket, { walkMs, serveMs }: { walkMs: number; serveMs: number }): Step[] => {
  const facts = { ...factsOf(ticket), counterId: ticket.counterId! };
  const actor: HallEvent['actor'] = { kind: 'system' };
  return [
    { type: 'started', afterMs: walkMs, actor, data: facts },
    { type: 'finished', afterMs: serveMs, actor, data: { ...facts, outcome: null } },
  ];
};
