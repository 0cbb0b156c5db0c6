import type { MessageKey, MessageValues, Translate } from '../locales/translate.ts';
import type { Problem } from '../protocol/problem.ts';
import type { HallNames } from './hall-names.ts';

/**
 * A refusal in the screen's own words, with counters by the number on their sign. The server's sentence for a code or
 * details that this screen does not know yet.
 */
export const tellProblem = (problem: Problem, say: Translate, names?: HallNames): string => {
  const { counterId } = problem.details ?? {};
  const details = {
    ...problem.details,
    ...(typeof counterId === 'string' && names && { counterId: names.counterNumber(counterId) }),
  } as MessageValues;
  try {
    return say(`refusal.${problem.code}` as MessageKey, details);
  } catch {
    return problem.message;
  }
};
