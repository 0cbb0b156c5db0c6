import { checkIn } from '../appointment.ts';
import { refusedIssue, refusedPhone } from '../check-issue.ts';
import { chooseLeg, type ChosenLeg, toBegin } from '../choose-leg.ts';
import { event } from '../events.ts';
import { standingBefore } from '../hall.ts';
import type { ServiceId, TicketId } from '../ids.ts';
import { legsOf, namedLegs } from '../legs.ts';
import { formatNumber, nextNumber } from '../numbers.ts';
import { accept, type RefusalCode, refuse } from '../refusal.ts';
import type { Journey, Service } from '../setup.ts';
import { countsFrom } from '../ticket.ts';
import type { Decider } from './decider.ts';

/**
 * Puts a visitor into the line of a service, or of the first leg of a journey, with the next number of its prefix
 * (ISSUE-1, NUM-1, JOURNEY-1), one with an appointment at its hour (APPT-2).
 */
export const issueTicket: Decider<'issue-ticket'> = (hall, setup, command, now) => {
  const { journeyId, priority, channel, holder, takenWith, bookedFor } = command;
  const language = command.language ?? setup.languages[0] ?? 'en';
  if (!hall.day?.isOpen) return refuse('DAY_NOT_OPEN');
  const held = refusedPhone(hall, command);
  if (held) return { accepted: false, refusal: held };
  const refusalOf = (service: Service) => refusedIssue(hall, setup, service, command, now);
  const shutOf = (id: ServiceId): RefusalCode | undefined => {
    const service = setup.services.get(id);
    return service && refusalOf(service)?.code;
  };
  const begin = (journey: Journey): ChosenLeg | null =>
    chooseLeg(hall, setup, legsOf(journey), priority, now, shutOf, toBegin);
  const journey = journeyId === undefined ? undefined : setup.journeys.get(journeyId);
  if (journeyId !== undefined && !journey) return refuse('JOURNEY_UNKNOWN', { journeyId });
  const first = journey && begin(journey);
  const serviceId = first?.serviceId ?? command.serviceId;
  const service = serviceId && setup.services.get(serviceId);
  if (!service) return refuse('SERVICE_UNKNOWN', { serviceId: serviceId ?? null });
  if (priority !== null && !setup.priorities.has(priority)) return refuse('PRIORITY_UNKNOWN', { priority });
  if (!setup.languages.includes(language)) return refuse('LANGUAGE_UNKNOWN', { language });
  const place = bookedFor === undefined ? undefined : checkIn(setup, hall.day.date, bookedFor, now);
  if (typeof place === 'object') return place;
  const refusal = refusalOf(service);
  if (refusal) return { accepted: false, refusal };
  const { prefix, numbers, onePerHolder } = service;
  const serial = hall.lastSerial + 1;
  const booked = { ...(bookedFor !== undefined && place && { bookedFor, place }) };
  return accept(
    event('ticket.issued', {
      ticketId: command.commandId as string as TicketId,
      number: formatNumber(prefix, nextNumber(hall.lastNumbers.get(prefix), numbers)),
      serial,
      serviceId: service.id,
      priority,
      channel,
      language,
      ahead: standingBefore(hall, { serviceId: service.id, queuedAt: countsFrom(booked, now), serial }),
      ...booked,
      ...(numbers && { range: { from: numbers.from, step: numbers.step } }),
      ...(onePerHolder && { holder }),
      ...(takenWith !== undefined && { takenWith }),
      ...(journey && { journeyId: journey.id }),
      ...(first && { ...namedLegs(first.rest), ...(first.among && { among: first.among }) }),
    }),
  );
};
