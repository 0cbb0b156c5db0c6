/** Sent as they are and said in the language of whoever reads them (`pause.<reason>`). */
export const pauseReasons = ['rest', 'meal', 'prayer', 'office'] as const;
