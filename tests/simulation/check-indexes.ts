import { comesBefore, type Hall, holderKeys, type Line, lineKey, linePrefix } from '@antrean/shared/domain/hall.ts';
import { isOpen, type Ticket } from '@antrean/shared/domain/ticket.ts';
import { isSameJson } from './same-json.ts';

/**
 * What a hall keeps beside its tickets so that it need not look through them - who waits, the lines with their heads, who
 * is at which counter, whose ticket it is - gathered from the tickets anew. @returns what does not agree
 */
export const checkIndexes = (hall: Hall): string[] => {
  const waiting = new Map<string, string>();
  const lines = new Map<string, Line>();
  const holders = new Map<string, string>();
  const atCounters = new Map<string, string>();
  for (const ticket of hall.tickets.values()) {
    if (ticket.counterId !== null) atCounters.set(ticket.counterId, ticket.id);
    if (isOpen(ticket.status)) for (const key of holderKeys(ticket)) holders.set(key, ticket.id);
    if (ticket.status !== 'waiting') continue;
    waiting.set(lineKey(ticket), ticket.id);
    lines.set(linePrefix(ticket), joined(lines.get(linePrefix(ticket)), ticket));
  }
  const counters = [...hall.counters.values()].flatMap(({ id, ticketId }) =>
    ticketId === null ? [] : [[id, ticketId] as [string, string]],
  );
  const wrong: string[] = [];
  if (!isSameJson(inOrder(waiting), hall.waiting.toArray())) wrong.push('who waits');
  if (!isSameJson(inOrder(lines), hall.lines.toArray())) wrong.push('the lines');
  if (!isSameJson(inOrder(holders), hall.holders.toArray())) wrong.push('the holders');
  if (!isSameJson(inOrder(atCounters), counters)) wrong.push('who is at the counters');
  return wrong;
};

const joined = (line: Line | undefined, ticket: Ticket): Line => {
  const head = line && comesBefore(line.head, ticket) ? line.head : ticket;
  return {
    serviceId: ticket.serviceId,
    priority: ticket.priority,
    reservedFor: ticket.reservedFor,
    waiting: (line?.waiting ?? 0) + 1,
    queuedAt: head.queuedAt,
    serial: head.serial,
    head,
  };
};

const inOrder = <V>(map: ReadonlyMap<string, V>): [string, V][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
