import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import type { Decider } from './decider.ts';

/** Visitors get no more numbers for the service on this business day until it goes on; who waits is served (PAUSE-1). */
export const pauseService: Decider<'pause-service'> = (hall, setup, { serviceId, reason }) => {
  if (!hall.day?.isOpen) return refuse('DAY_NOT_OPEN');
  if (!setup.services.has(serviceId)) return refuse('SERVICE_UNKNOWN', { serviceId });
  if (hall.pausedServices.has(serviceId)) return refuse('SERVICE_PAUSED', { serviceId });
  return accept(event('service.paused', { serviceId, reason }));
};
