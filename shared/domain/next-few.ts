import { draftOf, leaveLine } from './hall-draft.ts';
import type { Hall } from './hall.ts';
import type { CounterId } from './ids.ts';
import { type Choice, pickNext } from './pick-next.ts';
import type { BranchSetup } from './setup.ts';

/**
 * Whom the counter would call one after another from now on if nothing else happened, at most `count`: each is picked by
 * the very function that decides, in a hall that those before it have left.
 */
export const nextFew = (hall: Hall, setup: BranchSetup, counterId: CounterId, now: number, count: number): Choice[] => {
  const draft = draftOf(hall);
  const few: Choice[] = [];
  while (few.length < count) {
    const choice = pickNext(draft, setup, counterId, now);
    if (!choice) break;
    few.push(choice);
    leaveLine(draft, choice.ticket);
    if (choice.why.rule === 'ratio') draft.ratioCalls.set(counterId, (draft.ratioCalls.get(counterId) ?? 0) + 1);
  }
  return few;
};
