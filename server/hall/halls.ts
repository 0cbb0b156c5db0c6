import type { Command } from '@antrean/shared/domain/commands.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { storeFailure } from '../ledger/store-error.ts';
import { Branch, type BranchPorts } from './branch.ts';
import type { Outcome } from './outcome.ts';

/** The branches this node works for; each is loaded when first asked for. */
export class Halls {
  readonly #ports: BranchPorts;
  readonly #branches = new Map<BranchId, Promise<Branch>>();
  readonly #loaded = new Map<BranchId, Branch>();

  constructor(ports: BranchPorts) {
    this.#ports = ports;
  }

  /** The branch with its state. Throws what Postgres throws, and `BranchUnknown` when there is no such branch. */
  branch(id: BranchId): Promise<Branch> {
    const known = this.#branches.get(id);
    if (known) return known;
    const loading = Branch.load(id, this.#ports);
    this.#branches.set(id, loading);
    loading.then(
      (branch) => this.#loaded.set(id, branch),
      () => this.#branches.delete(id),
    );
    return loading;
  }

  /** The branches that are loaded by now. */
  loaded(): Branch[] {
    return [...this.#loaded.values()];
  }

  /** The branch if it is loaded by now. */
  find(id: BranchId): Branch | undefined {
    return this.#loaded.get(id);
  }

  /** Rejects with `BranchUnknown` alone. */
  run(branchId: BranchId, command: Command): Promise<Outcome> {
    return this.#loaded.get(branchId)?.run(command) ?? this.#loadAndRun(branchId, command);
  }

  async #loadAndRun(branchId: BranchId, command: Command): Promise<Outcome> {
    try {
      return await (await this.branch(branchId)).run(command);
    } catch (error) {
      if (error instanceof BranchUnknown) throw error;
      this.#ports.warn('a branch cannot be loaded', { branchId, ...storeFailure(error) });
      return { kind: 'unavailable' };
    }
  }

  /** Resolves when no command is in flight any more. */
  async settled(): Promise<void> {
    await Promise.all(this.loaded().map((branch) => branch.settled()));
  }
}

/** There is no branch of this id in the set-up. */
export class BranchUnknown extends Error {
  readonly branchId: string;
  constructor(branchId: string) {
    super(`there is no branch ${branchId}`);
    this.branchId = branchId;
  }
}
