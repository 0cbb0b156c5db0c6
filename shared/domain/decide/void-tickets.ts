import { event } from '../events.ts';
import type { Hall } from '../hall.ts';
import { formatNumber, parseNumber } from '../numbers.ts';
import { accept, refuse } from '../refusal.ts';
import { isAtCounter, isOpen, type Ticket } from '../ticket.ts';
import { type Decider, factsOf } from './decider.ts';

/** Ends a run of tickets that nobody will come with, such as a spoilt roll of paper (VOID-1). */
export const voidTickets: Decider<'void-tickets'> = (hall, _setup, { prefix, from, to }) => {
  const run = ticketsToVoid(hall, { prefix, from, to });
  if (run.length === 0) {
    return refuse('NOTHING_TO_VOID', { from: formatNumber(prefix, from), to: formatNumber(prefix, to) });
  }
  return accept(...run.map((ticket) => event('ticket.cancelled', { ...factsOf(ticket), reason: 'void' })));
};

/** The open tickets of a run of numbers that are not at a counter, in the order of issue. */
export const ticketsToVoid = (
  hall: Hall,
  { prefix, from, to }: { prefix: string; from: number; to: number },
): Ticket[] =>
  [...hall.tickets.values()]
    .filter(({ status, number }) => {
      if (!isOpen(status) || isAtCounter(status)) return false;
      const parts = parseNumber(number);
      return parts.prefix === prefix && parts.value >= from && parts.value <= to;
    })
    .sort((a, b) => a.serial - b.serial);
