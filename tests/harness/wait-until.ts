import { performance } from 'node:perf_hooks';

/**
 * Asks again and again until the condition holds. A condition that throws does not hold yet.
 *
 * @returns how long it took, ms
 * @throws with the last reason when it does not hold within `withinMs`
 */
export const waitUntil = async (
  what: string,
  holds: () => boolean | Promise<boolean>,
  { withinMs = 10_000, everyMs = 20 }: { withinMs?: number; everyMs?: number } = {},
): Promise<number> => {
  const startedAt = performance.now();
  for (;;) {
    let reason: unknown;
    try {
      if (await holds()) return performance.now() - startedAt;
    } catch (error) {
      reason = error;
    }
    if (performance.now() - startedAt > withinMs) {
      throw new Error(`not within ${withinMs} ms: ${what}`, { cause: reason });
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
};
