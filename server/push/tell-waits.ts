import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { BoardWaits } from '@antrean/shared/protocol/screens.ts';

/** How often is looked how long newcomers wait and where, ms (WAIT-5, HOURS-5). */
const lookEveryMs = 10_000;
/** So often it is told even where nothing has changed, ms: what a screen has not heard of for long it shows no more. */
const repeatEveryMs = 60_000;

export interface TellWaitsOptions {
  /** Throws where it cannot be said now; the screens then hear of it with the next turn. */
  readonly waitsOf: (branchId: BranchId) => Promise<BoardWaits>;
  /** The branches that public screens follow at this node. */
  readonly followed: () => Iterable<BranchId>;
  readonly tell: (branchId: BranchId, waits: BoardWaits) => void;
}

/** Tells public screens how long newcomers wait and which services give them no number, as long as somebody looks. */
export class TellWaits {
  readonly #options: TellWaitsOptions;
  readonly #told = new Map<BranchId, BoardWaits>();
  /** Being looked up: many screens that come at once ask once. */
  readonly #looking = new Map<BranchId, Promise<BoardWaits | null>>();
  readonly #timer: NodeJS.Timeout;
  #isTelling = false;

  constructor(options: TellWaitsOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#tellAll(), lookEveryMs);
  }

  /** What a screen that has just come is told at once; `null`: nothing yet. */
  async latest(branchId: BranchId): Promise<BoardWaits | null> {
    const told = this.#told.get(branchId) ?? (await this.#look(branchId));
    if (told) this.#told.set(branchId, told);
    return told;
  }

  /** A service is paused or goes on: kiosks hear of it at once. */
  async hurry(branchId: BranchId): Promise<void> {
    // What is being looked up may be of before.
    await this.#looking.get(branchId);
    if (this.#told.has(branchId)) await this.#tell(branchId);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** One hall after another: the commands of all of them come first. */
  async #tellAll(): Promise<void> {
    if (this.#isTelling) return;
    this.#isTelling = true;
    const followed = new Set(this.#options.followed());
    for (const branchId of this.#told.keys()) if (!followed.has(branchId)) this.#told.delete(branchId);
    for (const branchId of followed) await this.#tell(branchId);
    this.#isTelling = false;
  }

  async #tell(branchId: BranchId): Promise<void> {
    const waits = await this.#look(branchId);
    const told = this.#told.get(branchId);
    if (!waits || (told && waits.at - told.at < repeatEveryMs && isSame(waits, told))) return;
    this.#told.set(branchId, waits);
    this.#options.tell(branchId, waits);
  }

  #look(branchId: BranchId): Promise<BoardWaits | null> {
    const known = this.#looking.get(branchId);
    if (known) return known;
    const looking = this.#options
      .waitsOf(branchId)
      .catch(() => null)
      .finally(() => this.#looking.delete(branchId));
    this.#looking.set(branchId, looking);
    return looking;
  }
}

const isSame = (a: BoardWaits, b: BoardWaits): boolean =>
  JSON.stringify([a.services, a.shut, a.opensAt]) === JSON.stringify([b.services, b.shut, b.opensAt]);
