import { refusedByQuota } from '../check-issue.ts';
import { event } from '../events.ts';
import { type Hall, ticketOfHolder, ticketOfPhone } from '../hall.ts';
import { leftTakenBackMs } from '../left-taken-back.ts';
import { accept, type Refusal, refuse } from '../refusal.ts';
import type { BranchSetup } from '../setup.ts';
import { isAtCounter, isOpen, type Ticket } from '../ticket.ts';
import { type Decider, factsOf, refusedAs } from './decider.ts';

/** A visitor who left stays after all: the ticket stands where it stood, or in its line if the counter is taken (UNDO-2). */
export const takeBackTicket: Decider<'take-back-ticket'> = (hall, setup, { ticketId }, now) => {
  const ticket = hall.tickets.get(ticketId);
  if (!ticket) return refuse('TICKET_UNKNOWN', { ticketId });
  const { number, left, endedAt } = ticket;
  if (isOpen(ticket.status)) return refuse('NOT_LEFT', { ticketId, number });
  if (!left || endedAt === null) return refusedAs(ticket, 'take-back');
  if (!hall.day?.isOpen) return refuse('DAY_NOT_OPEN');
  if (now - endedAt > leftTakenBackMs) return refuse('LEFT_TOO_LONG_AGO', { ticketId, number });
  const refusal = refusedPlace(hall, setup, ticket);
  if (refusal) return { accepted: false, refusal };
  const counter = left.counterId ? hall.counters.get(left.counterId) : undefined;
  const isFree = counter?.status === 'open' && counter.ticketId === null;
  const stands = isAtCounter(left.status) && !isFree ? ({ status: 'waiting', counterId: null } as const) : left;
  return accept(
    event('ticket.undone', { ...factsOf(ticket), action: 'cancel', toServiceId: ticket.serviceId, ...stands }),
  );
};

/** Why there is no place any more for who left: the set-up changed, or what they gave up was given away meanwhile. */
const refusedPlace = (hall: Hall, { services }: BranchSetup, ticket: Ticket): Refusal | null => {
  const { serviceId, legs, issuedFor, holder, takenWith, wasCalled } = ticket;
  const gone = [serviceId, ...legs.map((leg) => leg.serviceId)].find((id) => !services.has(id));
  if (gone) return { code: 'SERVICE_UNKNOWN', details: { serviceId: gone } };
  const other = takenWith === undefined ? undefined : ticketOfPhone(hall, takenWith);
  if (other) return { code: 'PHONE_HAS_TICKET', details: { number: other.number } };
  if (holder !== undefined && ticketOfHolder(hall, holder, issuedFor)) {
    return { code: 'HOLDER_HAS_TICKET', details: { serviceId: issuedFor } };
  }
  const service = services.get(issuedFor);
  return wasCalled || !service ? null : refusedByQuota(hall, service);
};
