import type { CallReason } from '../call-reason.ts';
import type { HallEvent } from '../events.ts';
import type { CommandId, PriorityId, ServiceId, TicketId } from '../ids.ts';
import { undoable } from '../note-act.ts';

/** How a group of visitors fared. Times in ms; `null` where nobody was called. */
export interface WaitFigures {
  /** Waits that ended with a call: the first call of each leg. */
  readonly called: number;
  readonly meanMs: number | null;
  readonly medianMs: number | null;
  /** Nine of ten waited no longer (nearest rank). */
  readonly p90Ms: number | null;
  readonly maxMs: number | null;
  /** Share of the waits that have a target and were no longer than it; `null` where none has one. */
  readonly withinTarget: number | null;
  /** Legs that were finished. */
  readonly served: number;
  /** Who went, or was cancelled, before being called. */
  readonly left: number;
  /** Who still waited when the day was closed or the ledger ended. */
  readonly notCalled: number;
  /** Who was called and in the end did not come. */
  readonly noShows: number;
}

/** How the visitors of a day fared, in all, by priority class and by service. */
export interface DayWaits {
  readonly total: WaitFigures;
  readonly byClass: readonly ({ readonly priority: PriorityId | null } & WaitFigures)[];
  readonly byService: readonly ({ readonly serviceId: ServiceId } & WaitFigures)[];
  /** Calls by why. */
  readonly calls: { readonly [R in CallReason['rule']]: number };
}

/** Takes in the events of one business day. */
export interface WaitMeasure {
  readonly take: (event: HallEvent) => void;
  readonly end: () => DayWaits;
}

interface Row {
  readonly kind: 'wait' | 'served' | 'left' | 'not-called' | 'no-show';
  readonly serviceId: ServiceId;
  readonly priority: PriorityId | null;
  readonly waitedMs: number;
}

interface SeenTicket {
  readonly priority: PriorityId | null;
  serviceId: ServiceId;
  isLegCalled: boolean;
  end: 'cancelled' | 'closed' | 'no-show' | null;
  rows: Row[];
  calls: CallReason['rule'][];
  /** How it stood before each command that could be taken back. */
  readonly acts: { readonly commandId: CommandId; readonly before: Omit<SeenTicket, 'acts' | 'priority'> }[];
}

/**
 * Measures waits from the events alone: as the ledger has them, or as a run of other rules made them.
 *
 * @param targetMsOf the longest wait that is still good, `null` where there is no target
 */
export const startMeasure = (targetMsOf: (serviceId: ServiceId) => number | null): WaitMeasure => {
  const tickets = new Map<TicketId, SeenTicket>();

  const take = (event: HallEvent): void => {
    if (event.type === 'ticket.issued') {
      const { ticketId, serviceId, priority } = event.data;
      const fresh = { serviceId, priority, isLegCalled: false, end: null, rows: [], calls: [], acts: [] };
      return void tickets.set(ticketId, fresh);
    }
    if (!('ticketId' in event.data)) return;
    const ticket = tickets.get(event.data.ticketId);
    if (!ticket) return;
    if (event.type === 'ticket.undone') return void Object.assign(ticket, ticket.acts.pop()?.before);
    const canBeUndone = undoable[event.type] !== undefined || event.type === 'ticket.cancelled';
    if (canBeUndone && ticket.acts.at(-1)?.commandId !== event.commandId) {
      const { acts: _acts, priority: _priority, ...before } = ticket;
      ticket.acts.push({ commandId: event.commandId, before });
    }
    happen(ticket, event);
  };

  return { take, end: () => waitsOf([...tickets.values()], targetMsOf) };
};

const happen = (ticket: SeenTicket, { type, data }: HallEvent): void => {
  const { priority, serviceId } = ticket;
  const row = (kind: Row['kind'], waitedMs = 0): void => {
    ticket.rows = [...ticket.rows, { kind, serviceId, priority, waitedMs }];
  };
  switch (type) {
    case 'ticket.called':
      ticket.calls = [...ticket.calls, data.why.rule];
      if (!ticket.isLegCalled) row('wait', data.why.waitedMs);
      ticket.isLegCalled = true;
      return;
    case 'ticket.finished':
      return row('served');
    case 'ticket.went-on':
      row('served');
      ticket.serviceId = data.toServiceId;
      ticket.isLegCalled = false;
      return;
    case 'ticket.transferred':
      if (data.toServiceId !== serviceId) ticket.isLegCalled = false;
      ticket.serviceId = data.toServiceId;
      return;
    case 'ticket.cancelled':
      ticket.end = data.reason === 'day-closed' ? 'closed' : 'cancelled';
      if (!ticket.isLegCalled) row(ticket.end === 'closed' ? 'not-called' : 'left');
      return;
    case 'ticket.no-showed':
      ticket.end = 'no-show';
      return row('no-show');
  }
};

const waitsOf = (tickets: readonly SeenTicket[], targetMsOf: (serviceId: ServiceId) => number | null): DayWaits => {
  const stillWaiting = tickets
    .filter(({ end, isLegCalled }) => end === null && !isLegCalled)
    .map(({ serviceId, priority }): Row => ({ kind: 'not-called', serviceId, priority, waitedMs: 0 }));
  const rows = [...tickets.flatMap((ticket) => ticket.rows), ...stillWaiting];
  const calls = { 'longest-wait': 0, 'head-start': 0, skill: 0, ratio: 0, 'call-by': 0, overflow: 0, chosen: 0 };
  for (const ticket of tickets) for (const rule of ticket.calls) calls[rule] += 1;
  return {
    total: figuresOf(rows, targetMsOf),
    byClass: grouped(rows, ({ priority }) => priority).map(([priority, of]) => ({
      priority,
      ...figuresOf(of, targetMsOf),
    })),
    byService: grouped(rows, ({ serviceId }) => serviceId).map(([serviceId, of]) => ({
      serviceId,
      ...figuresOf(of, targetMsOf),
    })),
    calls,
  };
};

/** In the order of the keys, `null` first. */
const grouped = <K extends string | null>(rows: readonly Row[], keyOf: (row: Row) => K): [K, Row[]][] =>
  [...Map.groupBy(rows, keyOf)].sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1));

const figuresOf = (rows: readonly Row[], targetMsOf: (serviceId: ServiceId) => number | null): WaitFigures => {
  const count = (kind: Row['kind']): number => rows.filter((row) => row.kind === kind).length;
  const waits = rows.filter(({ kind }) => kind === 'wait');
  const sorted = waits.map(({ waitedMs }) => waitedMs).sort((a, b) => a - b);
  const at = (part: number): number | null => sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? null;
  const aimed = waits.flatMap(({ serviceId, waitedMs }) => {
    const targetMs = targetMsOf(serviceId);
    return targetMs === null ? [] : [waitedMs <= targetMs];
  });
  return {
    called: sorted.length,
    meanMs: sorted.length === 0 ? null : Math.round(sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length),
    medianMs: at(0.5),
    p90Ms: at(0.9),
    maxMs: at(1),
    withinTarget: aimed.length === 0 ? null : aimed.filter(Boolean).length / aimed.length,
    served: count('served'),
    left: count('left'),
    notCalled: count('not-called'),
    noShows: count('no-show'),
  };
};
