import { event } from '../events.ts';
import { accept, refuse } from '../refusal.ts';
import type { Decider } from './decider.ts';

/**
 * The lobby TVs say this and no other hint, for so long; a message that is shown already gives way to it (MESSAGE-1). Of a
 * hall that never had a day nothing is kept.
 */
export const showMessage: Decider<'show-message'> = (hall, setup, { texts, minutes }, now) => {
  if (!hall.day) return refuse('DAY_NOT_OPEN');
  const unknown = Object.keys(texts).find((language) => !setup.languages.includes(language));
  if (unknown !== undefined) return refuse('LANGUAGE_UNKNOWN', { language: unknown });
  return accept(event('message.shown', { texts, until: now + minutes * 60_000 }));
};
