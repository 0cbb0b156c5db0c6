import { event } from '../events.ts';
import { waitingCount } from '../hall.ts';
import type { TicketId } from '../ids.ts';
import { formatNumber } from '../numbers.ts';
import { accept, refuse } from '../refusal.ts';
import type { Decider } from './decider.ts';

/** Puts a visitor into the line of a service with the next number of its prefix (ISSUE-1, NUM-1). */
export const issueTicket: Decider<'issue-ticket'> = (hall, setup, command) => {
  const { serviceId, priority, channel } = command;
  const language = command.language ?? setup.languages[0] ?? 'en';
  if (!hall.day?.isOpen) return refuse('DAY_NOT_OPEN');
  const service = setup.services.get(serviceId);
  if (!service) return refuse('SERVICE_UNKNOWN', { serviceId });
  if (priority !== null && !setup.priorities.has(priority)) return refuse('PRIORITY_UNKNOWN', { priority });
  if (!setup.languages.includes(language)) return refuse('LANGUAGE_UNKNOWN', { language });
  return accept(
    event('ticket.issued', {
      ticketId: command.commandId as string as TicketId,
      number: formatNumber(service.prefix, (hall.lastNumbers.get(service.prefix) ?? 0) + 1),
      serial: hall.lastSerial + 1,
      serviceId,
      priority,
      channel,
      language,
      ahead: waitingCount(hall, serviceId),
    }),
  );
};
