import type { Expected, ModelSetup, ModelTicket } from './model-types.ts';

/** A visitor who waits lets others go first. */
export const postpone = (ticket: ModelTicket, { moreTimes }: ModelSetup): Expected => {
  if (ticket.status === 'called' || ticket.status === 'serving') return { refused: 'ALREADY_CALLED' };
  if (ticket.status !== 'waiting') return { refused: 'ACTION_NOT_ALLOWED' };
  if (moreTimes === 0) return { refused: 'MORE_TIME_NOT_ALLOWED' };
  if (ticket.postponed === moreTimes) return { refused: 'MORE_TIME_USED_UP' };
  Object.assign(ticket, { status: 'held', isOwnHold: true, postponed: ticket.postponed + 1 });
  return { done: [`ticket.held ${ticket.number}`] };
};

/** A missed visitor is back. @param calls of its service so far */
export const rejoin = (ticket: ModelTicket, { rejoin: rule }: ModelSetup, calls: number, at: number): Expected => {
  if (ticket.status !== 'missed') return { refused: 'ACTION_NOT_ALLOWED' };
  if (!rule) return { refused: 'REJOIN_NOT_ALLOWED' };
  const isLate = calls - ticket.missedAt > rule.withinCalls;
  if (isLate && rule.late === 'no-show') return { refused: 'REJOIN_TOO_LATE' };
  if (isLate) ticket.since = Math.max(at, ticket.since);
  ticket.status = 'waiting';
  return { done: [`ticket.rejoined ${ticket.number}`] };
};
