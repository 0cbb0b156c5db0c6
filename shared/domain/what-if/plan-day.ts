import type { Actor, EventData, HallEvent } from '../events.ts';
import type { BranchId, CommandId, CounterId, TicketId } from '../ids.ts';
import { undoable } from '../note-act.ts';

/** What of a business day no rule of the hall decides: who came, what was done with them, who sat where (WHATIF-1). */
export interface DayPlan {
  readonly branchId: BranchId;
  readonly date: string;
  readonly setupRevision: number;
  /** In the order they came. */
  readonly visits: readonly PlannedVisit[];
  readonly duties: readonly Duty[];
  /** Instant of the last event, epoch ms. */
  readonly endsAt: number;
  readonly left: LeftOut;
}

/** What of the day a plan leaves out, counted. */
export interface LeftOut {
  /** Calls that somebody picked by hand: here the rules decide. */
  readonly handPicked: number;
  /** Acts that were taken back: here they never happened. */
  readonly undone: number;
  /** Tickets that were given to another agent. */
  readonly reassigned: number;
  /** Changes of the set-up during the day: here the present one holds all day. */
  readonly setupChanges: number;
}

export interface PlannedVisit {
  readonly ticketId: TicketId;
  readonly at: number;
  readonly actor: Actor;
  readonly issued: EventData['ticket.issued'];
  readonly steps: readonly Step[];
}

type StepType =
  | 'called'
  | 'recalled'
  | 'started'
  | 'finished'
  | 'went-on'
  | 'missed'
  | 'held'
  | 'returned'
  | 'parked'
  | 'resumed'
  | 'transferred'
  | 'leg-added'
  | 'reclassed'
  | 'rejoined'
  | 'cancelled'
  | 'no-showed';

/** What happened to a ticket next, so long after what happened to it before. */
export type Step = {
  readonly [T in StepType]: {
    readonly type: T;
    readonly afterMs: number;
    readonly actor: Actor;
    readonly data: EventData[`ticket.${T}`];
  };
}[StepType];

/** Somebody's time at a counter, from opening to closing it. */
export interface Presence {
  readonly counterId: CounterId;
  readonly agentId: EventData['counter.opened']['agentId'];
  /** Epoch ms; `Infinity` when the ledger ends before. */
  readonly until: number;
}

/** What happens by the clock and not by the lines. */
export type Duty = { readonly at: number } & (
  | { readonly kind: 'open-day'; readonly date: string }
  | { readonly kind: 'close-day' }
  | { readonly kind: 'open' | 'resume' | 'close'; readonly presence: Presence }
  | { readonly kind: 'pause'; readonly presence: Presence; readonly reason: string }
);

/** Takes in the events of one business day, from the one that opened it. */
export interface DayPlanner {
  readonly take: (event: HallEvent) => void;
  readonly end: () => DayPlan;
}

interface Happened {
  readonly event: HallEvent;
  readonly type: StepType;
}

interface SeenVisit {
  readonly issued: HallEvent & { type: 'ticket.issued' };
  happened: Happened[];
}

export const startPlan = (branchId: BranchId): DayPlanner => {
  const visits = new Map<TicketId, SeenVisit>();
  const duties: Duty[] = [];
  const presences = new Map<CounterId, { -readonly [K in keyof Presence]: Presence[K] }>();
  const left = { handPicked: 0, undone: 0, reassigned: 0, setupChanges: 0 };
  /** Commands that closed the day: what they ended, ends by closing the day again. */
  const closing = new Set<CommandId>();
  const closes = new Map<Duty, CommandId>();
  let opened: EventData['day.opened'] | null = null;
  let endsAt = 0;

  const takeCounter = (event: EventOf<'counter'>): void => {
    const { type, at, data } = event;
    if (type === 'counter.taken-over') {
      const before = presences.get(data.counterId);
      // Whoever is put out closes it: a visitor who is there is finished with first.
      if (before) {
        before.until = at;
        duties.push({ at, kind: 'close', presence: before });
      }
    }
    if (type === 'counter.opened' || type === 'counter.taken-over') {
      const presence = { counterId: data.counterId, agentId: data.agentId, until: Infinity };
      presences.set(data.counterId, presence);
      duties.push({ at, kind: 'open', presence });
      return;
    }
    const presence = presences.get(data.counterId);
    if (!presence) return;
    if (type === 'counter.paused') duties.push({ at, kind: 'pause', presence, reason: data.reason });
    else if (type === 'counter.resumed') duties.push({ at, kind: 'resume', presence });
    else {
      presence.until = at;
      const duty = { at, kind: 'close', presence } as const;
      closes.set(duty, event.commandId);
      duties.push(duty);
    }
  };

  const takeTicket = (event: EventOf<'ticket'>): void => {
    if (event.type === 'ticket.issued') return void visits.set(event.data.ticketId, { issued: event, happened: [] });
    const visit = visits.get(event.data.ticketId);
    if (!visit || event.type === 'ticket.noted') return;
    if (event.type === 'ticket.reassigned') return void (left.reassigned += 1);
    if (event.type === 'ticket.undone') {
      left.undone += 1;
      visit.happened =
        event.data.action === 'cancel' ? withoutLeaving(visit.happened, event) : withoutLastAct(visit.happened);
      return;
    }
    visit.happened.push({ event, type: event.type.slice('ticket.'.length) as StepType });
  };

  return {
    take: (event) => {
      endsAt = event.at;
      if (event.type === 'day.opened') {
        opened ??= event.data;
        duties.push({ at: event.at, kind: 'open-day', date: event.data.date });
      } else if (event.type === 'day.closed') {
        closing.add(event.commandId);
        duties.push({ at: event.at, kind: 'close-day' });
      } else if (event.type === 'setup.changed') left.setupChanges += 1;
      else if (isOf('counter', event)) takeCounter(event);
      else if (isOf('ticket', event)) takeTicket(event);
    },
    end: () => {
      if (!opened) throw new Error(`the events of ${branchId} begin with no business day`);
      const isKept = ({ event }: Happened): boolean => !closing.has(event.commandId);
      const kept = duties.filter((duty) => !closing.has(closes.get(duty)!));
      const planned = [...visits.values()].map(({ issued, happened }): PlannedVisit => {
        const steps = stepsOf(issued.at, happened.filter(isKept));
        left.handPicked += steps.filter(({ type, data }) => type === 'called' && data.why.rule === 'chosen').length;
        return { ticketId: issued.data.ticketId, at: issued.at, actor: issued.actor, issued: issued.data, steps };
      });
      return { branchId, ...opened, visits: planned, duties: kept, endsAt, left };
    },
  };
};

type EventOf<Kind extends string> = Extract<HallEvent, { readonly type: `${Kind}.${string}` }>;

const isOf = <Kind extends string>(kind: Kind, event: HallEvent): event is EventOf<Kind> =>
  event.type.startsWith(`${kind}.`);

/** As if the last act at a counter had never been: what it did to this ticket is gone, what came besides stays. */
const withoutLastAct = (happened: readonly Happened[]): Happened[] => {
  const act = happened.findLast(({ event }) => undoable[event.type] !== undefined)?.event.commandId;
  return happened.filter(({ event }) => event.commandId !== act || undoable[event.type] === undefined);
};

/** As if the visitor had never left. One whose counter was taken meanwhile went back from it to the line. */
const withoutLeaving = (
  happened: readonly Happened[],
  event: HallEvent & { readonly type: 'ticket.undone' },
): Happened[] => {
  const before = happened.filter(({ type }) => type !== 'cancelled');
  const stood = before.findLast(({ type }) => type !== 'leg-added' && type !== 'reclassed')?.type;
  const isFromCounter = stood !== undefined && atCounter.has(stood) && event.data.status === 'waiting';
  return isFromCounter ? [...before, { event, type: 'returned' }] : before;
};

/** What leaves a ticket at a counter. */
const atCounter: ReadonlySet<StepType> = new Set(['called', 'recalled', 'started', 'resumed']);

const stepsOf = (issuedAt: number, happened: readonly Happened[]): Step[] =>
  happened.flatMap(({ event, type }, index) => {
    const before = happened[index - 1]?.event;
    // A miss too many is a no-show by the rules (MISS-3): they decide it again.
    if (type === 'no-showed' && before?.commandId === event.commandId) return [];
    const afterMs = Math.max(0, event.at - (before?.at ?? issuedAt));
    return [{ type, afterMs, actor: event.actor, data: event.data } as Step];
  });
