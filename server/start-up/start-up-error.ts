/** Something keeps Antrean from starting, in words that say what to do; the reason behind it is its `cause`. */
export class StartUpError extends Error {}
