import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

/** Of zxcvbn's 0 to 4: fewer than 10^8 guesses are too few (3 and 4 are "safely" and "very unguessable"). */
const scoreAtLeast = 3;

/**
 * So many characters are weighed. A beginning that takes too many guesses makes the whole take too many, and the estimate
 * grows faster than the length: 200 characters held up everything else for more than a second.
 */
const weighedLength = 24;

/** A megabyte of dictionaries, for the few times that somebody chooses a password. */
let estimator: Promise<ZxcvbnFactory> | undefined;
const load = async (): Promise<ZxcvbnFactory> => {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({ dictionary: { ...dictionary }, graphs: adjacencyGraphs });
};

/**
 * Whether a password is among those that leaked most often, or a variation of one, of a keyboard's rows or of what the
 * account is called (S2; zxcvbn's estimate, Wheeler, USENIX Security 2016).
 *
 * @param about what others know of its owner: login and name
 */
export const isGuessable = async (password: string, about: readonly string[]): Promise<boolean> => {
  estimator ??= load();
  return (await estimator).check(password.slice(0, weighedLength), ['antrean', ...about]).score < scoreAtLeast;
};
