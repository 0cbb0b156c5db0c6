/** How long a visitor who left is told that it can be taken back (UNDO-2), ms. */
export const leftTakenBackToldMs = 10_000;

/** How long it can be: what they send in time may be on its way for a while, and so was what told them, ms. */
export const leftTakenBackMs = leftTakenBackToldMs + 5_000;
