/** So many digits together, whatever is between them, are no ticket's number: they could be a person's. */
const longNumber = /[0-9](?:[ ().-]*[0-9]){6,}/;

/** Whether a reason would put somebody's number into the audit trail, where nothing can be deleted (S24). */
export const namesNumber = (reason: string): boolean => longNumber.test(reason);
