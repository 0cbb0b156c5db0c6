import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Halls } from '../hall/halls.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import { BranchWaits } from './branch-waits.ts';

/** The expected waits of each branch that somebody has asked about at this node. */
export class Waits {
  readonly #sql: Sql;
  readonly #halls: Halls;
  readonly #branches = new Map<BranchId, BranchWaits>();

  constructor(sql: Sql, halls: Halls) {
    this.#sql = sql;
    this.#halls = halls;
  }

  /** Throws what `Halls.branch` throws. */
  async of(branchId: BranchId): Promise<BranchWaits> {
    const branch = await this.#halls.branch(branchId);
    const known = this.#branches.get(branchId) ?? new BranchWaits(this.#sql, branch);
    this.#branches.set(branchId, known);
    return known;
  }
}
