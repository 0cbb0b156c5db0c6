import type { HallEvent } from '@antrean/shared/domain/events.ts';
import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { CounterId, StaffId, TicketId } from '@antrean/shared/domain/ids.ts';
import type { RowsTouched } from '../ledger/append-events.ts';

export const rowsTouched = (events: readonly HallEvent[], before: Hall, after: Hall): RowsTouched => {
  const issued: RowsTouched['issued'][number][] = [];
  const ticketIds = new Set<TicketId>();
  const counterIds = new Set<CounterId>();
  for (const { type, data } of events) {
    if (type === 'ticket.issued') issued.push({ id: data.ticketId, number: data.number, serviceId: data.serviceId });
    else if ('ticketId' in data) ticketIds.add(data.ticketId);
    else if (type === 'counter.opened' || type === 'counter.taken-over' || type === 'counter.closed') {
      counterIds.add(data.counterId);
    }
  }
  const left: TicketId[] = [];
  const came: [CounterId, TicketId][] = [];
  for (const id of ticketIds) {
    const from = before.tickets.get(id)?.counterId ?? null;
    const to = after.tickets.get(id)?.counterId ?? null;
    if (from === to) continue;
    if (from !== null) left.push(id);
    if (to !== null) came.push([to, id]);
  }
  const seats = [...counterIds].map((id): [CounterId, StaffId | null] => [id, after.counters.get(id)?.agentId ?? null]);
  return { issued, left, came, seats };
};
