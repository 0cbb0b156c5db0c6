import type { Violation } from '@antrean/shared/domain/check-ledger.ts';

/** What the doctor looked at in one branch and what is wrong there. */
export interface Examination {
  readonly branchId: string;
  /** The version of the ledger that everything was held against, and those of its events that could be read. */
  readonly version: number;
  readonly events: number;
  readonly tickets: number;
  /** What was checked, in words. */
  readonly checks: readonly string[];
  /** What should have been checked and could not be, why, and what to do. */
  readonly notChecked: readonly string[];
  readonly findings: readonly Violation[];
}
