import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import type { Decider } from './decider.ts';

/** Takes the message off the lobby TVs, by hand or when its time is over (MESSAGE-2). */
export const hideMessage: Decider<'hide-message'> = (hall) =>
  hall.message ? accept(event('message.hidden', {})) : refuse('NO_MESSAGE');
