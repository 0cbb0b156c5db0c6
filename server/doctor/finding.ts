import type { Violation } from '@antrean/shared/domain/check-ledger.ts';

/** What the doctor looked at in one branch and what is wrong there. */
export interface Examination {
  readonly branchId: string;
  readonly events: number;
  readonly tickets: number;
  /** What was checked, in words. */
  readonly checks: readonly string[];
  /** What could not be checked, and why. */
  readonly notChecked: readonly string[];
  readonly findings: readonly Violation[];
}
