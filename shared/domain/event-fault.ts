import type { EventType, HallEvent } from './events.ts';

type Kind = 'string' | 'number' | 'object';

const counter = { counterId: 'string' } as const;
const ticket = { ticketId: 'string', number: 'string', serviceId: 'string' } as const;

/** What the data of an event must have to be folded. */
const needed: Readonly<Record<EventType, Readonly<Record<string, Kind>>>> = {
  'day.opened': { date: 'string' },
  'day.closed': { date: 'string' },
  'counter.opened': { ...counter, agentId: 'string' },
  'counter.taken-over': { ...counter, agentId: 'string', from: 'string' },
  'counter.paused': counter,
  'counter.resumed': counter,
  'counter.closed': counter,
  'service.paused': { serviceId: 'string' },
  'service.resumed': { serviceId: 'string' },
  'message.shown': { texts: 'object', until: 'number' },
  'message.hidden': {},
  'ticket.issued': { ...ticket, serial: 'number' },
  'ticket.called': { ...ticket, ...counter, why: 'object' },
  'ticket.recalled': { ...ticket, ...counter },
  'ticket.started': { ...ticket, ...counter },
  'ticket.finished': { ...ticket, ...counter },
  'ticket.missed': { ...ticket, ...counter },
  'ticket.went-on': { ...ticket, ...counter, toServiceId: 'string' },
  'ticket.held': { ...ticket, until: 'number' },
  'ticket.returned': ticket,
  'ticket.parked': { ...ticket, ...counter, agentId: 'string' },
  'ticket.resumed': { ...ticket, ...counter },
  'ticket.transferred': { ...ticket, toServiceId: 'string' },
  'ticket.leg-added': { ...ticket, legServiceId: 'string' },
  'ticket.rejoined': { ...ticket, place: 'string' },
  'ticket.noted': ticket,
  'ticket.reclassed': ticket,
  'ticket.reassigned': ticket,
  'ticket.undone': { ...ticket, action: 'string', toServiceId: 'string', status: 'string' },
  'ticket.cancelled': ticket,
  'ticket.no-showed': ticket,
  'setup.changed': { revision: 'number' },
};

/** Why nobody can make sense of an event that came out of a store, in words; `null` for one that is whole. */
export const eventFault = ({ type, data }: HallEvent): string | null => {
  const fields = Object.entries(needed[type] ?? {});
  if (!(type in needed)) return `there is no such event as ${type}`;
  const values = data as Readonly<Record<string, unknown>> | null;
  const missing = fields.find(([name, kind]) => typeof values?.[name] !== kind || values?.[name] === null);
  if (missing) return `this ${type} lacks its ${missing[0]}`;
  if (type === 'ticket.undone' && data.action !== 'cancel' && typeof data.counterId !== 'string') {
    return `this ${type} lacks its counterId`;
  }
  if (type === 'ticket.issued' && !/^\D+\d+$/.test(data.number)) return `${data.number} is no ticket number`;
  return null;
};
