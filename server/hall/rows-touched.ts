import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { CounterId, StaffId, TicketId } from '@antrean/shared/domain/ids.ts';
import type { Ticket } from '@antrean/shared/domain/ticket.ts';

/** The rows of the second lock that these events change, as they stand after them. */
export const rowsTouched = (
  events: readonly HallEvent[],
  after: Hall,
): { tickets: Ticket[]; seats: [CounterId, StaffId | null][] } => {
  const ticketIds = new Set<TicketId>();
  const counterIds = new Set<CounterId>();
  for (const { type, data } of events) {
    if ('ticketId' in data) ticketIds.add(data.ticketId);
    else if (type.startsWith('counter.') && 'counterId' in data) counterIds.add(data.counterId);
  }
  const tickets = [...ticketIds].map((id) => after.tickets.get(id)).filter((ticket) => ticket !== undefined);
  const seats = [...counterIds].map((id): [CounterId, StaffId | null] => [id, after.counters.get(id)?.agentId ?? null]);
  return { tickets, seats };
};
