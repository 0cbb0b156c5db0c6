/** Whether Redis says that a key is of another type than it should be: somebody else wrote it. */
export const isWrongType = (error: unknown): boolean => error instanceof Error && error.message.startsWith('WRONGTYPE');

/** What was read, or `fallback` when the key is of another type. Rejects with everything else. */
export const orOfWrongType = async <T, F>(reading: Promise<T>, fallback: F): Promise<T | F> => {
  try {
    return await reading;
  } catch (error) {
    if (isWrongType(error)) return fallback;
    throw error;
  }
};
