/** How long after a failure the part is asked for again, ms. */
const againAfterMs = 1_000;

/** Loads what a page does not need at once; asks until it has come. */
export const loadPart = async <T>(load: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, againAfterMs));
    }
  }
};
