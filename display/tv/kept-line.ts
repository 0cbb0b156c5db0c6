import type { AnnouncedCall } from '@antrean/shared/views/announcer.ts';
import type { ShownCalls } from '@antrean/shared/views/fresh-calls.ts';

/** What a TV that is loaded anew goes on with: the calls it knows, and those of them it has not announced yet. */
interface KeptLine {
  readonly shown: ShownCalls;
  readonly waiting: readonly AnnouncedCall[];
}

/** Kept for this tab alone: another one may show another screen. */
const keyOf = (place: string): string => `antrean.line.${place}`;

/** @returns keeps the line as it is now; a browser that keeps nothing is no reason to be silent */
export const keepLine = (place: string): ((line: KeptLine) => void) => {
  let kept = '';
  return ({ shown, waiting }) => {
    const line = JSON.stringify({ shown: [...shown], waiting });
    if (line === kept) return;
    kept = line;
    try {
      sessionStorage.setItem(keyOf(place), line);
    } catch {
      // Storage is full or forbidden: after a reload, calls of the last half minute are announced again.
    }
  };
};

/** @returns `null`: nothing is kept, or nothing that can be read */
export const keptLine = (place: string): KeptLine | null => {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(place)) ?? 'null') as {
      shown: [string, number][];
      waiting: AnnouncedCall[];
    } | null;
    return kept && { shown: new Map(kept.shown), waiting: [...kept.waiting] };
  } catch {
    return null;
  }
};
