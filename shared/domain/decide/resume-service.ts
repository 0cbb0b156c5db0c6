import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import type { Decider } from './decider.ts';

/** A paused service gives numbers again (PAUSE-2), even one that the set-up no longer has. */
export const resumeService: Decider<'resume-service'> = (hall, setup, { serviceId }) => {
  if (hall.pausedServices.has(serviceId)) return accept(event('service.resumed', { serviceId }));
  return refuse(setup.services.has(serviceId) ? 'SERVICE_NOT_PAUSED' : 'SERVICE_UNKNOWN', { serviceId });
};
