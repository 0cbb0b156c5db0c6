import type { Hall } from '@antrean/shared/domain/hall.ts';
import { viewOf } from '@antrean/shared/views/audience.ts';

/** The board as Redis holds it: each entry as JSON, by key. Never empty: the set-up's revision is one of them. */
export const boardTexts = (hall: Hall): Map<string, string> =>
  new Map([...viewOf('board', hall)].map(([key, value]) => [key, JSON.stringify(value)]));
