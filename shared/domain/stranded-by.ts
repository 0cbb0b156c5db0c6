import type { Hall } from './hall.ts';
import type { ServiceId } from './ids.ts';
import type { BranchSetup } from './setup.ts';
import { isOpen, type Ticket } from './ticket.ts';

/** Numbers named in one sentence; more would say nothing new. */
const named = 5;

/**
 * Whom a set-up leaves stranded (SETUP-2): visitors that nobody could call - where they wait, are set aside or stand at a
 * counter now, or for what their visit still has before it -, agents at counters that are not there. One English
 * sentence each, for whoever keeps the installation.
 */
export const strandedBy = (hall: Hall, setup: BranchSetup): string[] => {
  const served = new Set([...setup.counters.values()].flatMap(({ serves }) => [...serves]));
  const why = (serviceId: ServiceId): string | null => {
    if (!setup.services.has(serviceId)) return 'which the set-up does not have';
    return served.has(serviceId) ? null : 'which no counter of the set-up serves';
  };
  const stranded = [...whoNeeds(hall, setup)].flatMap(([serviceId, tickets]) => {
    const reason = why(serviceId);
    if (!reason) return [];
    const numbers = tickets.slice(0, named).map(({ number }) => number);
    const more = tickets.length > named ? ` and ${tickets.length - named} more` : '';
    return `nobody can call ${numbers.join(', ')}${more}, here for service ${serviceId}, ${reason}`;
  });
  for (const { id, agentId } of hall.counters.values()) {
    if (!setup.counters.has(id)) stranded.push(`counter ${id} is open for ${agentId}, but the set-up does not have it`);
  }
  return stranded;
};

/** Open tickets by each service that they are at or still have before them, in the order of issue. */
const whoNeeds = (hall: Hall, { rules }: BranchSetup): Map<ServiceId, Ticket[]> => {
  const tickets = [...hall.tickets.values()]
    .filter(({ status }) => isOpen(status) && (status !== 'missed' || rules.rejoin))
    .sort((a, b) => a.serial - b.serial);
  const needs = new Map<ServiceId, Ticket[]>();
  for (const ticket of tickets) {
    for (const serviceId of new Set([ticket.serviceId, ...ticket.legs.map((leg) => leg.serviceId)])) {
      const others = needs.get(serviceId);
      if (others) others.push(ticket);
      else needs.set(serviceId, [ticket]);
    }
  }
  return needs;
};
