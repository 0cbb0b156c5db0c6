import type { MessageKey } from '@antrean/shared/locales/translate.ts';
import type { Spoken } from '../lib/load-spoken.ts';

/** A short label in every language of the screen, once where they agree: `Loket · Counter`. */
export const inAll = (spoken: readonly Spoken[], key: MessageKey): string =>
  [...new Set(spoken.map(({ say }) => say(key)))].join(' · ');
