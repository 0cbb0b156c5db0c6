import { Problem } from '@antrean/shared/protocol/problem.ts';

/** Why a route with a body and rules of its own may refuse, by status. */
export const problemsOfBody = {
  400: Problem,
  401: Problem,
  403: Problem,
  404: Problem,
  409: Problem,
  413: Problem,
  415: Problem,
  503: Problem,
};
