import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { ShownCall, TvState } from '@antrean/shared/protocol/shown-calls.ts';
import { countShown, sumShown } from '@antrean/shared/views/shown-calls.ts';

/** What several TVs say within so long is told together, ms. */
const gatherMs = 100;
/** So often a node tells the others even where nothing has changed, ms: one that has come anew knows nothing. */
const repeatEveryMs = 5_000;
/** A node that told nothing for so long has ended, and its TVs are not counted any more, ms. */
const goodForMs = 15_000;

export interface TellShownOptions {
  /** Tells the staff of a branch at this node. */
  readonly tell: (branchId: BranchId, calls: readonly ShownCall[]) => void;
  /** Tells the other nodes what was counted here; may be lost. */
  readonly tellOthers: (branchId: BranchId, calls: readonly ShownCall[]) => void;
}

interface Told {
  readonly at: number;
  readonly calls: readonly ShownCall[];
}

/** What is known of the TVs of one branch. */
class ShownInBranch {
  hall: Hall;
  readonly tvs = new Map<string, TvState>();
  /** By node. */
  readonly others = new Map<string, Told>();
  timer: NodeJS.Timeout | null = null;
  /** As staff were told last. */
  told = '[]';
  toldOthers = '[]';
  toldOthersAt = 0;

  constructor(hall: Hall) {
    this.hall = hall;
  }
}

/** Counts on how many TVs a call is to be seen (SHOW-9), over all nodes, and tells staff as soon as it is another count. */
export class TellShown {
  readonly #options: TellShownOptions;
  readonly #branches = new Map<BranchId, ShownInBranch>();
  readonly #timer: NodeJS.Timeout;

  constructor(options: TellShownOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#branches.forEach((_, id) => this.#tell(id)), repeatEveryMs);
  }

  /** Somebody follows this branch at this node. */
  know(hall: Hall): void {
    if (!this.#branches.has(hall.branchId)) this.#branches.set(hall.branchId, new ShownInBranch(hall));
  }

  follow(hall: Hall): void {
    const branch = this.#branches.get(hall.branchId);
    if (!branch) return;
    const isOther = branch.hall.recentCalls !== hall.recentCalls;
    branch.hall = hall;
    if (isOther) this.#look(hall.branchId);
  }

  /** A TV says what it shows. @param tv one connection of it */
  note(branchId: BranchId, tv: string, state: TvState): void {
    this.#branches.get(branchId)?.tvs.set(tv, state);
    this.#look(branchId);
  }

  /** A TV is gone. */
  forget(branchId: BranchId, tv: string): void {
    if (this.#branches.get(branchId)?.tvs.delete(tv)) this.#look(branchId);
  }

  /** Another node has counted its own. */
  hear(branchId: BranchId, node: string, calls: readonly ShownCall[]): void {
    this.#branches.get(branchId)?.others.set(node, { at: performance.now(), calls });
    this.#look(branchId);
  }

  /** What whoever has just come is told. */
  latest(branchId: BranchId): readonly ShownCall[] {
    const branch = this.#branches.get(branchId);
    return branch ? this.#sum(branch) : [];
  }

  close(): void {
    clearInterval(this.#timer);
    for (const { timer } of this.#branches.values()) if (timer) clearTimeout(timer);
  }

  #look(branchId: BranchId): void {
    const branch = this.#branches.get(branchId);
    if (!branch) return;
    branch.timer ??= setTimeout(() => {
      branch.timer = null;
      this.#tell(branchId);
    }, gatherMs);
  }

  #tell(branchId: BranchId): void {
    const branch = this.#branches.get(branchId);
    if (!branch) return;
    this.#tellOthers(branchId, branch);
    const calls = this.#sum(branch);
    const text = JSON.stringify(calls);
    if (text === branch.told) return;
    branch.told = text;
    this.#options.tell(branchId, calls);
  }

  /** A node without a TV has nothing to say, once it has said so. */
  #tellOthers(branchId: BranchId, branch: ShownInBranch): void {
    const calls = branch.tvs.size > 0 ? this.#own(branch) : [];
    const text = JSON.stringify(calls);
    const isDue = calls.length > 0 && performance.now() - branch.toldOthersAt >= repeatEveryMs;
    if (text === branch.toldOthers && !isDue) return;
    branch.toldOthers = text;
    branch.toldOthersAt = performance.now();
    this.#options.tellOthers(branchId, calls);
  }

  #own(branch: ShownInBranch): ShownCall[] {
    return countShown(
      branch.hall.recentCalls.filter(({ state }) => state === 'called'),
      [...branch.tvs.values()],
    );
  }

  #sum(branch: ShownInBranch): ShownCall[] {
    for (const [node, { at }] of branch.others) if (performance.now() - at > goodForMs) branch.others.delete(node);
    return sumShown(
      this.#own(branch),
      [...branch.others.values()].map(({ calls }) => calls),
    );
  }
}
