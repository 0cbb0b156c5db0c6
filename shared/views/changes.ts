import type { HallEvent } from '../domain/events.ts';
import type { Hall } from '../domain/hall.ts';
import { audienceOf, mayWait } from './audience.ts';

/** What a run of events may have changed for the screens. Gathered while folding, handed on after the commit. */
export interface Changes {
  readonly events: HallEvent[];
  /** Keys of the staff's view, which has all keys of the public one. */
  readonly keys: Set<string>;
  /** Whether screens must be told at once. */
  isUrgent: boolean;
}

export const noChanges = (): Changes => ({ events: [], keys: new Set(), isUrgent: false });

/** Notes what `event` will change; `before` is the hall it is about to happen to. */
export const noteChange = (changes: Changes, event: HallEvent, before: Hall): void => {
  changes.events.push(event);
  for (const key of audienceOf.floor.touched(event, before)) changes.keys.add(key);
  if (!changes.isUrgent) changes.isUrgent = !mayWait(event, before);
};
