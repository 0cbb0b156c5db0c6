import { checkIn } from '../appointment.ts';
import { refusedIssue } from '../check-issue.ts';
import { event } from '../events.ts';
import { standingBefore } from '../hall.ts';
import type { TicketId } from '../ids.ts';
import { formatNumber, nextNumber } from '../numbers.ts';
import { accept, refuse } from '../refusal.ts';
import { countsFrom } from '../ticket.ts';
import type { Decider } from './decider.ts';

/**
 * Puts a visitor into the line of a service with the next number of its prefix (ISSUE-1, NUM-1), one with an appointment
 * at its hour (APPT-2).
 */
export const issueTicket: Decider<'issue-ticket'> = (hall, setup, command, now) => {
  const { serviceId, priority, channel, holder, bookedFor } = command;
  const language = command.language ?? setup.languages[0] ?? 'en';
  if (!hall.day?.isOpen) return refuse('DAY_NOT_OPEN');
  const service = setup.services.get(serviceId);
  if (!service) return refuse('SERVICE_UNKNOWN', { serviceId });
  if (priority !== null && !setup.priorities.has(priority)) return refuse('PRIORITY_UNKNOWN', { priority });
  if (!setup.languages.includes(language)) return refuse('LANGUAGE_UNKNOWN', { language });
  const place = bookedFor === undefined ? undefined : checkIn(setup, hall.day.date, bookedFor, now);
  if (typeof place === 'object') return place;
  const refused = refusedIssue(hall, setup, service, command, now);
  if (refused) return refused;
  const { prefix, numbers, onePerHolder } = service;
  const value = nextNumber(hall.lastNumbers.get(prefix), numbers);
  if (numbers && value > numbers.to) return refuse('NUMBERS_USED_UP', { serviceId, prefix, last: numbers.to });
  const serial = hall.lastSerial + 1;
  const booked = { ...(bookedFor !== undefined && place && { bookedFor, place }) };
  return accept(
    event('ticket.issued', {
      ticketId: command.commandId as string as TicketId,
      number: formatNumber(prefix, value),
      serial,
      serviceId,
      priority,
      channel,
      language,
      ahead: standingBefore(hall, { serviceId, queuedAt: countsFrom(booked, now), serial }),
      ...booked,
      ...(numbers && { range: { from: numbers.from, step: numbers.step } }),
      ...(onePerHolder && { holder }),
    }),
  );
};
