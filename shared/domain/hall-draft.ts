import {
  comesBefore,
  type CounterState,
  type Hall,
  holderKeys,
  type Line,
  lineKey,
  linePrefix,
  type RecentCall,
} from './hall.ts';
import { recentCallsKept } from './recent-calls-kept.ts';
import type { CounterId, StaffId, TicketId } from './ids.ts';
import { addServiceTime } from './service-times.ts';
import { isAside, type Ticket } from './ticket.ts';

/** A hall that may be changed by `applyTo` until it is handed out. */
export type HallDraft = { -readonly [K in keyof Hall]: Hall[K] };

/** A copy that shares everything with the original until one of them changes. */
export const draftOf = (hall: Hall): HallDraft => ({
  ...hall,
  tickets: hall.tickets.clone(),
  waiting: hall.waiting.clone(),
  lines: hall.lines.clone(),
  aside: hall.aside.clone(),
  counters: hall.counters.clone(),
  calls: hall.calls.clone(),
  ratioCalls: hall.ratioCalls.clone(),
  lastNumbers: hall.lastNumbers.clone(),
  issuedFor: hall.issuedFor.clone(),
  holders: hall.holders.clone(),
});

export const ticketOf = (draft: HallDraft, id: TicketId): Ticket => {
  const ticket = draft.tickets.get(id);
  if (!ticket) throw new Error(`the ledger of ${draft.branchId} names a ticket of another day: ${id}`);
  return ticket;
};

export const changeTicket = (draft: HallDraft, before: Ticket, change: Partial<Ticket>): Ticket => {
  const ticket = { ...before, ...change };
  draft.tickets.set(ticket.id, ticket);
  if (isAside(ticket.status)) draft.aside.set(ticket.id, ticket.status);
  else if (isAside(before.status)) draft.aside.delete(ticket.id);
  // A note or another leg, while it is the first of its line.
  const line = before.status === 'waiting' ? draft.lines.get(linePrefix(before)) : undefined;
  if (line?.head === before) draft.lines.set(linePrefix(before), lineOf(ticket, line.waiting));
  return ticket;
};

export const changeCounter = (draft: HallDraft, id: CounterId, change: Partial<CounterState>): void => {
  const counter = draft.counters.get(id);
  if (counter) draft.counters.set(id, { ...counter, ...change });
};

/** Whoever works at a counter again need not hear any more that another one was taken over from them. */
export const forgetTakenFrom = (draft: HallDraft, agentId: StaffId): void => {
  for (const { id, takenFrom } of [...draft.counters.values()]) {
    if (takenFrom === agentId) changeCounter(draft, id, { takenFrom: null });
  }
};

export const endTicket = (
  draft: HallDraft,
  id: TicketId,
  status: 'done' | 'cancelled' | 'no-show',
  at: number,
): void => {
  const before = ticketOf(draft, id);
  if (before.status === 'waiting') leaveLine(draft, before);
  for (const key of holderKeys(before)) draft.holders.delete(key);
  leaveCounter(draft, before, { status, endedAt: at });
};

const lineOf = (head: Ticket, waiting: number): Line => {
  const { serviceId, priority, reservedFor, queuedAt, serial } = head;
  return { serviceId, priority, reservedFor, waiting, queuedAt, serial, head };
};

export const joinLine = (draft: HallDraft, ticket: Ticket): void => {
  const prefix = linePrefix(ticket);
  const line = draft.lines.get(prefix);
  draft.waiting.set(lineKey(ticket), ticket.id);
  draft.lines.set(prefix, lineOf(line && comesBefore(line, ticket) ? line.head : ticket, (line?.waiting ?? 0) + 1));
};

export const leaveLine = (draft: HallDraft, ticket: Ticket): void => {
  const prefix = linePrefix(ticket);
  const line = draft.lines.get(prefix);
  if (!draft.waiting.delete(lineKey(ticket)) || !line) return;
  const head = line.waiting > 1 ? draft.waiting.nextHigherPair(prefix) : undefined;
  if (head) draft.lines.set(prefix, lineOf(ticketOf(draft, head[1]), line.waiting - 1));
  else draft.lines.delete(prefix);
};

/** The ticket as it stands after it left the counter it was at, if it was at one. */
export const leaveCounter = (draft: HallDraft, before: Ticket, change: Partial<Ticket>): Ticket => {
  if (before.counterId) {
    changeCounter(draft, before.counterId, { ticketId: null });
    // From the call on: whoever walks there, or never comes, takes the counter too.
    const durationMs = draft.lastAt - (before.calledAt ?? draft.lastAt);
    draft.serviceTimes = addServiceTime(draft.serviceTimes, before.serviceId, durationMs);
  }
  hideCall(draft, before.id);
  return changeTicket(draft, before, { counterId: null, ...change });
};

/** Shows a call that was shown before, at its place by the time it was made. */
export const showAgain = (draft: HallDraft, ticket: Ticket): void => {
  const { counterId, calledAt, status } = ticket;
  if (!counterId || calledAt === null) return;
  const call = callOf(ticket, counterId, calledAt, status === 'serving' ? 'serving' : 'called');
  draft.recentCalls = [call, ...draft.recentCalls.filter((other) => other.ticketId !== ticket.id)]
    .sort((a, b) => b.calledAt - a.calledAt)
    .slice(0, recentCallsKept);
};

export const showCall = (draft: HallDraft, ticket: Ticket, at: number): void => {
  if (!ticket.counterId) return;
  const call = callOf(ticket, ticket.counterId, at, 'called');
  draft.recentCalls = [call, ...draft.recentCalls.filter((other) => other.ticketId !== ticket.id)].slice(
    0,
    recentCallsKept,
  );
};

const callOf = (ticket: Ticket, counterId: CounterId, calledAt: number, state: RecentCall['state']): RecentCall => ({
  ticketId: ticket.id,
  number: ticket.number,
  serviceId: ticket.serviceId,
  counterId,
  language: ticket.language,
  calledAt,
  times: ticket.recalls + 1,
  state,
});

export const hideCall = (draft: HallDraft, id: TicketId): void => {
  if (draft.recentCalls.some((call) => call.ticketId === id)) {
    draft.recentCalls = draft.recentCalls.filter((call) => call.ticketId !== id);
  }
};
