/** What a ticket's number may begin with: A to Z without I, O and Q, which look like 1 and 0. */
export const ticketLetters: readonly string[] = [...'ABCDEFGHJKLMNPRSTUVWXYZ'];
