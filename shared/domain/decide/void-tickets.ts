import { event } from '../events.ts';
import { formatNumber, parseNumber } from '../numbers.ts';
import { accept, refuse } from '../refusal.ts';
import { isAtCounter, isOpen } from '../ticket.ts';
import { type Decider, factsOf } from './decider.ts';

/** Ends a run of tickets that nobody will come with, such as a spoilt roll of paper (VOID-1). */
export const voidTickets: Decider<'void-tickets'> = (hall, _setup, { prefix, from, to }) => {
  const run = [...hall.tickets.values()]
    .filter(({ status, number }) => {
      if (!isOpen(status) || isAtCounter(status)) return false;
      const parts = parseNumber(number);
      return parts.prefix === prefix && parts.value >= from && parts.value <= to;
    })
    .sort((a, b) => a.serial - b.serial);
  if (run.length === 0) {
    return refuse('NOTHING_TO_VOID', { from: formatNumber(prefix, from), to: formatNumber(prefix, to) });
  }
  return accept(...run.map((ticket) => event('ticket.cancelled', { ...factsOf(ticket), reason: 'void' })));
};
