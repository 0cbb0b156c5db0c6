/**
 * Links of today that were wrong, from one address: behind that may sit a whole hall, each phone with the page of
 * yesterday still open.
 */
export const linkGuesses = { keyPrefix: 'link-guesses', points: 60, duration: 5 * 60, inMemoryBlockOnConsumed: 61 };
