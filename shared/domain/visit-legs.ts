import type { CallReason } from './call-reason.ts';
import type { Actor, EventData, HallEvent } from './events.ts';
import type { CommandId, CounterId, PriorityId, ServiceId, StaffId, TicketId } from './ids.ts';
import { undoable } from './note-act.ts';
import { type Channel, countsFrom } from './ticket.ts';

/**
 * How a leg ended: served · sent on to another service · called and never there · its visitor left · the staff cancelled
 * it · it was void · the hall closed before it was called.
 */
export type LegEnd = 'done' | 'moved' | 'no-show' | 'left' | 'withdrawn' | 'void' | 'closed';

/** What reports know of one leg of a visit (REPORT-1). Instants are epoch ms, lengths ms. */
export interface VisitLeg {
  readonly ticketId: TicketId;
  /** 0, 1, 2 … within the visit. */
  readonly leg: number;
  readonly serviceId: ServiceId;
  /** The class of its visitor, the last where it was changed. */
  readonly priority: PriorityId | null;
  readonly channel: Channel;
  readonly isBooked: boolean;
  /** Since when its visitor waits for it. */
  readonly queuedAt: number;
  /** Its first call; `null`: there was none. */
  readonly calledAt: number | null;
  /** Why it was called first. */
  readonly rule: CallReason['rule'] | null;
  /** Where it was called last, and who did so. */
  readonly counterId: CounterId | null;
  readonly agentId: StaffId | null;
  /** From the call that its visitor came to until they were there; `null`: that was not said. */
  readonly walkMs: number | null;
  /** At the counter, without what it was set aside for; `null`: never. */
  readonly servedMs: number | null;
  readonly recalls: number;
  readonly misses: number;
  readonly rejoins: number;
  readonly end: LegEnd | null;
  readonly endedAt: number | null;
  readonly outcome: string | null;
  readonly quantity: number;
  /** The range that its visitor could be told on joining the line, minutes as people are told them (WAIT-5); `null`: none. */
  readonly toldFrom: number | null;
  readonly toldTo: number | null;
}

/** What whoever joins a line is told of the wait, minutes. */
export interface ToldRange {
  readonly from: number;
  readonly to: number;
}

interface Standing {
  /** At least one: the last is the present one. */
  readonly legs: readonly VisitLeg[];
  /** Called now, since when; `null`: not, or being served. */
  readonly calledSince: number | null;
  readonly servedSince: number | null;
}

interface SeenVisit extends Standing {
  /** How it stood before each command that can be taken back. */
  readonly acts: readonly { readonly commandId: CommandId; readonly before: Standing }[];
}

/** The legs of the latest business day, as a fold of a branch's events: another day begins anew. */
export interface DayLegs {
  /** `YYYY-MM-DD`; `null` before the first day was opened. */
  readonly date: () => string | null;
  /**
   * Takes in the next event.
   *
   * @param told to whoever joined a line by it; absent: nothing could be said
   * @returns the ticket it is about, if any
   */
  readonly take: (event: HallEvent, told?: ToldRange | null) => TicketId | null;
  /** The legs of a visit as they stand now; none of a ticket that nobody knows. */
  readonly of: (ticketId: TicketId) => readonly VisitLeg[];
  readonly all: () => VisitLeg[];
}

export const startDayLegs = (): DayLegs => {
  const visits = new Map<TicketId, SeenVisit>();
  let date: string | null = null;
  const of = (ticketId: TicketId): readonly VisitLeg[] => visits.get(ticketId)?.legs ?? [];
  return {
    date: () => date,
    take: (event, told = null) => {
      const { data } = event;
      if (event.type === 'day.opened' && event.data.date !== date) {
        date = event.data.date;
        visits.clear();
      }
      if (!('ticketId' in data)) return null;
      const before = visits.get(data.ticketId);
      const after =
        event.type === 'ticket.issued' ? issued(event.data, event.at, told) : before && follow(before, event, told);
      if (after) visits.set(data.ticketId, after);
      return data.ticketId;
    },
    of,
    all: () => [...visits.keys()].flatMap(of),
  };
};

const issued = (data: EventData['ticket.issued'], at: number, told: ToldRange | null): SeenVisit => ({
  legs: [
    {
      ...fresh,
      ticketId: data.ticketId,
      leg: 0,
      serviceId: data.serviceId,
      priority: data.priority,
      channel: data.channel,
      isBooked: data.bookedFor !== undefined,
      // Who comes before the hour of their appointment waits from that hour on.
      queuedAt: Math.max(at, countsFrom(data, at)),
      ...toldOf(told),
    },
  ],
  calledSince: null,
  servedSince: null,
  acts: [],
});

const fresh = {
  calledAt: null,
  rule: null,
  counterId: null,
  agentId: null,
  walkMs: null,
  servedMs: null,
  recalls: 0,
  misses: 0,
  rejoins: 0,
  end: null,
  endedAt: null,
  outcome: null,
  quantity: 0,
} as const;

const toldOf = (told: ToldRange | null): Pick<VisitLeg, 'toldFrom' | 'toldTo'> => ({
  toldFrom: told?.from ?? null,
  toldTo: told?.to ?? null,
});

const follow = (visit: SeenVisit, event: HallEvent, told: ToldRange | null): SeenVisit => {
  const { acts, ...before } = visit;
  if (event.type === 'ticket.undone') {
    const act = acts.at(-1);
    // Of what class its visitor is was said besides.
    return act ? { ...reclassed(act.before, presentOf(visit).priority), acts: acts.slice(0, -1) } : visit;
  }
  const isAct = event.type === 'ticket.cancelled' || (undoable[event.type] && counterOf(event) !== null);
  const isNew = acts.at(-1)?.commandId !== event.commandId;
  return {
    ...happen(before, event, told),
    acts: isAct && isNew ? [...acts, { commandId: event.commandId, before }] : acts,
  };
};

const counterOf = ({ data }: HallEvent): CounterId | null => ('counterId' in data && data.counterId) || null;

/** What an event makes of a visit, apart from what is taken back. */
const happen = (visit: Standing, event: HallEvent, told: ToldRange | null): Standing => {
  const { at, actor } = event;
  switch (event.type) {
    case 'ticket.called': {
      const { counterId, why } = event.data;
      const { calledAt, rule } = presentOf(visit);
      const first = calledAt === null ? { calledAt: at, rule: why.rule } : { calledAt, rule };
      return { ...change(visit, { ...first, counterId, ...by(actor) }), calledSince: at };
    }
    case 'ticket.recalled':
      return change(visit, { recalls: presentOf(visit).recalls + 1 });
    case 'ticket.started': {
      const walkMs = visit.calledSince === null ? null : at - visit.calledSince;
      return { ...change(visit, { walkMs, ...by(actor) }), calledSince: null, servedSince: at };
    }
    case 'ticket.resumed':
      return { ...change(visit, { counterId: event.data.counterId, ...by(actor) }), servedSince: at };
    case 'ticket.finished':
      return served(visit, at, event.data);
    case 'ticket.went-on':
      return nextLeg(served(visit, at, event.data), event.data.toServiceId, at, told);
    case 'ticket.held':
    case 'ticket.parked':
    case 'ticket.returned':
      return leaveCounter(visit, at);
    case 'ticket.transferred': {
      const left = leaveCounter(visit, at);
      const { serviceId, calledAt, queuedAt } = presentOf(left);
      if (event.data.toServiceId === serviceId) return left;
      // Who was sent to the right line before anybody called them has waited since they came.
      const since = calledAt === null ? queuedAt : at;
      return nextLeg(ended(left, 'moved', at), event.data.toServiceId, since, told);
    }
    case 'ticket.reclassed':
      return reclassed(visit, event.data.priority);
    case 'ticket.missed':
      return change(leaveCounter(visit, at), { misses: presentOf(visit).misses + 1 });
    case 'ticket.rejoined':
      return change(visit, { rejoins: presentOf(visit).rejoins + 1 });
    case 'ticket.no-showed':
      return ended(leaveCounter(visit, at), 'no-show', at);
    case 'ticket.cancelled':
      return ended(leaveCounter(visit, at), endOf[event.data.reason], at);
    default:
      return visit;
  }
};

const endOf = { visitor: 'left', staff: 'withdrawn', void: 'void', 'day-closed': 'closed' } as const;

const presentOf = ({ legs }: Standing): VisitLeg => legs.at(-1)!;

const change = (visit: Standing, what: Partial<VisitLeg>): Standing => ({
  ...visit,
  legs: [...visit.legs.slice(0, -1), { ...presentOf(visit), ...what }],
});

const reclassed = (visit: Standing, priority: PriorityId | null): Standing => change(visit, { priority });

const by = (actor: Actor): { agentId?: StaffId } => ('staffId' in actor ? { agentId: actor.staffId } : {});

/** It is neither called nor served any more; how long it was is kept. */
const leaveCounter = (visit: Standing, at: number): Standing => {
  const { servedSince } = visit;
  const away = { ...visit, calledSince: null, servedSince: null };
  if (servedSince === null) return away;
  return change(away, { servedMs: (presentOf(visit).servedMs ?? 0) + at - servedSince });
};

/** Where nobody says that a visitor is there (LIFE-4), serving counts from the call. */
const served = (visit: Standing, at: number, { outcome, quantity }: EventData['ticket.finished']): Standing => {
  const counted = leaveCounter({ ...visit, servedSince: visit.servedSince ?? visit.calledSince }, at);
  return change(ended(counted, 'done', at), { outcome, quantity: quantity ?? 1 });
};

const ended = (visit: Standing, end: LegEnd, at: number): Standing => change(visit, { end, endedAt: at });

const nextLeg = (visit: Standing, serviceId: ServiceId, queuedAt: number, told: ToldRange | null): Standing => {
  const { ticketId, leg, priority, channel, isBooked } = presentOf(visit);
  const own = { ticketId, leg: leg + 1, serviceId, priority, channel, isBooked, queuedAt };
  const next: VisitLeg = { ...fresh, ...own, ...toldOf(told) };
  return { ...visit, legs: [...visit.legs, next] };
};
