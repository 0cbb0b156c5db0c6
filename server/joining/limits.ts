/** Wrong codes from one address, behind which may sit a whole hall, each phone with a code that has just run out. */
export const codeGuesses = { keyPrefix: 'joining-guesses', points: 60, duration: 5 * 60, inMemoryBlockOnConsumed: 61 };

/** Tickets asked for with one phone: who gave theirs up takes another, and nobody takes them all the time (JOIN-5). */
export const ticketsOfPhone = { keyPrefix: 'phone-tickets', points: 10, duration: 15 * 60 };

/** Tickets taken by phones of one address, such as that of the hall's own network (JOIN-5). */
export const phonesOfAddress = { keyPrefix: 'address-tickets', points: 120, duration: 10 * 60 };
