/** A call that nobody has answered ends after so long, minutes (HELP-1): whoever called is not there any more. */
export const callEndsAfterMinutes = 30;
/** After an answer the same kiosk calls nobody for so long, minutes (HELP-2). */
export const quietMinutes = 1;
/** What stands for the screens of a hall that were not let in (DEVICE-5): nobody can tell them apart. No device has this id. */
export const openPlace = 'open';
/** A counter's call that was answered is told for so long after, minutes (HELP-3): whoever called sees who comes. */
export const comingMinutes = 5;
/** What stands for a counter. No device has this id either. */
export const placeOfCounter = (counterId: string): string => `counter-${counterId}`;
