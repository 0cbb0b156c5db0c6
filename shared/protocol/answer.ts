import type { HallEvent } from '../domain/events.ts';
import type { CommandId } from '../domain/ids.ts';
import type { JourneyLeg } from '../domain/legs.ts';
import type { AnsweredTicket, CommandAnswer } from './commands.ts';

/** The answer to a command, from nothing but its events: the same however often it is asked for (SAME-1). */
export const answerOf = (commandId: CommandId, events: readonly HallEvent[]): CommandAnswer => {
  const last = events.at(-1);
  if (!last) throw new Error(`command ${commandId} has no event`);
  const answer: CommandAnswer = { commandId, version: last.version, at: last.at };
  const ticket = answeredTicket(last);
  const first = events[0];
  const isFinish = first?.type === 'ticket.finished' || first?.type === 'ticket.went-on';
  const finished = isFinish && last.type === 'ticket.called' ? answeredTicket(first) : undefined;
  const numbers = finished ? [] : numbersOf(events);
  return {
    ...answer,
    ...(ticket && { ticket }),
    ...(finished && { finished }),
    ...(numbers.length > 1 && { numbers }),
  };
};

/** Copied: what is answered may be changed, what is in the ledger may not. */
const legsOf = ({ legs }: { readonly legs?: readonly JourneyLeg[] }): Pick<AnsweredTicket, 'legs'> =>
  legs ? { legs: legs.map((leg) => ({ ...leg })) } : {};

/** The tickets of a command about nothing but tickets. */
const numbersOf = (events: readonly HallEvent[]): string[] =>
  events.every(({ data }) => 'ticketId' in data)
    ? [...new Set(events.flatMap(({ data }) => ('ticketId' in data ? [data.number] : [])))]
    : [];

const answeredTicket = (event: HallEvent): AnsweredTicket | undefined => {
  if (!('ticketId' in event.data)) return undefined;
  const { ticketId, number, serviceId } = event.data;
  const facts = { id: ticketId, number, serviceId };
  switch (event.type) {
    case 'ticket.issued': {
      const { ahead, place } = event.data;
      return { ...facts, status: 'waiting', ahead, ...(place && { place }), ...legsOf(event.data) };
    }
    case 'ticket.called': {
      const { counterId, why } = event.data;
      return { ...facts, status: 'called', counterId, waitedMs: why.waitedMs, why };
    }
    case 'ticket.recalled':
      return { ...facts, status: 'called', counterId: event.data.counterId };
    case 'ticket.started':
      return { ...facts, status: 'serving', counterId: event.data.counterId };
    case 'ticket.finished':
      return { ...facts, status: 'done', counterId: event.data.counterId };
    case 'ticket.went-on':
      return { ...facts, serviceId: event.data.toServiceId, status: 'waiting', ...legsOf(event.data) };
    case 'ticket.transferred':
      return { ...facts, serviceId: event.data.toServiceId, status: 'waiting' };
    case 'ticket.undone':
      return { ...facts, serviceId: event.data.toServiceId, status: event.data.status };
    case 'ticket.held':
      return { ...facts, status: 'held', until: event.data.until };
    case 'ticket.returned':
      return { ...facts, status: 'waiting' };
    case 'ticket.rejoined':
      return { ...facts, status: 'waiting', place: event.data.place };
    case 'ticket.parked':
      return { ...facts, status: 'parked' };
    case 'ticket.resumed':
      return { ...facts, status: 'serving', counterId: event.data.counterId };
    case 'ticket.leg-added':
    case 'ticket.noted':
    case 'ticket.reclassed':
    case 'ticket.reassigned':
      return { ...facts, status: event.data.status };
    case 'ticket.missed':
      return { ...facts, status: 'missed', counterId: event.data.counterId };
    case 'ticket.cancelled':
      return { ...facts, status: 'cancelled' };
    case 'ticket.no-showed':
      return { ...facts, status: 'no-show' };
    default:
      return undefined;
  }
};
