import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { AudienceName } from '@antrean/shared/protocol/screens.ts';
import { audienceOf } from '@antrean/shared/views/audience.ts';

/** What an audience sees of a hall, computed anew. */
export const viewOf = (name: AudienceName, hall: Hall): Map<string, unknown> => {
  const view = new Map<string, unknown>();
  for (const key of audienceOf[name].keys(hall)) {
    const value = audienceOf[name].value(hall, key);
    if (value !== undefined) view.set(key, value);
  }
  return view;
};
