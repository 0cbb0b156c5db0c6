/** Apart from the schemas, which a screen has no use for: importing one would bring all of TypeBox into its bundle. */
export const heartbeatMs = 5_000;
/** A screen that heard nothing for so long says that it is not live. */
export const staleAfterMs = 12_000;
/** How often a device says how it is, ms. */
export const reportEveryMs = 30_000;
/** A device that has not answered a test of its sound by then is not told of it any more, s (VOICE-8). */
export const answerWithinSeconds = 10;
