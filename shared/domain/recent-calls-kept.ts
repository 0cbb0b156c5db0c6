/** More than a hall has counters: a screen for a part of them shows its own, however many others call. */
export const recentCallsKept = 64;
