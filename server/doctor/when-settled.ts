import type { Violation } from '@antrean/shared/domain/check-ledger.ts';

const everyMs = 200;

/** Looks again while something is wrong, until it is right or has had time enough: copies follow the ledger by a moment. */
export const whenSettled = async (
  look: () => Promise<readonly Violation[]>,
  settleMs: number,
): Promise<readonly Violation[]> => {
  const deadline = Date.now() + settleMs;
  for (;;) {
    const found = await look();
    if (found.length === 0 || Date.now() > deadline) return found;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
};
