import { type Hall, waitingCount, waitingFor } from './hall.ts';
import type { BranchSetup } from './setup.ts';

/** Numbers named in one sentence; more would say nothing new. */
const named = 5;

/**
 * Whom a set-up leaves stranded: visitors that nobody could call, agents at counters that are not there. One English
 * sentence each, for whoever keeps the installation.
 */
export const strandedBy = (hall: Hall, { services, counters }: BranchSetup): string[] => {
  const stranded: string[] = [];
  for (const serviceId of new Set([...hall.lines.values()].map((line) => line.serviceId))) {
    const waiting = waitingCount(hall, serviceId);
    const numbers = waitingFor(hall, serviceId).map(({ number }) => number);
    const who = `${numbers.slice(0, named).join(', ')}${waiting > named ? ` and ${waiting - named} more` : ''}`;
    if (!services.has(serviceId)) {
      stranded.push(`nobody can call ${who}, waiting for service ${serviceId}, which the set-up does not have`);
    } else if (![...counters.values()].some(({ serves }) => serves.has(serviceId))) {
      stranded.push(`nobody can call ${who}, waiting for service ${serviceId}, which no counter of the set-up serves`);
    }
  }
  for (const { id, agentId } of hall.counters.values()) {
    if (!counters.has(id)) stranded.push(`counter ${id} is open for ${agentId}, but the set-up does not have it`);
  }
  return stranded;
};
