import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { HelpCalls } from '@antrean/shared/protocol/help.ts';

type Calls = HelpCalls['calls'];

/** How often is looked which kiosks call staff, ms (HELP-1): whatever no node told of, such as a call that ends by itself. */
const lookEveryMs = 1_000;

export interface TellHelpOptions {
  /** The calls that stand in these halls, the longest first. Throws where it cannot be said now; staff then hear of it with the next turn. */
  readonly callsOf: (
    branchIds: readonly BranchId[],
  ) => Promise<readonly (Calls[number] & { readonly branchId: string })[]>;
  /** The branches that staff follow at this node. */
  readonly followed: () => readonly BranchId[];
  readonly tell: (branchId: BranchId, calls: Calls) => void;
}

/** Tells staff which kiosks call them, as soon as it is another list than they were told of. */
export class TellHelp {
  readonly #options: TellHelpOptions;
  readonly #told = new Map<BranchId, Calls>();
  readonly #timer: NodeJS.Timeout;
  #isLooking = false;
  #looksAgain = false;

  constructor(options: TellHelpOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.look(), lookEveryMs);
  }

  /** What whoever has just come is told at once; `null`: not known yet, and they are told with the others in a moment. */
  latest(branchId: BranchId): Calls | null {
    const told = this.#told.get(branchId);
    if (!told) void this.look();
    return told ?? null;
  }

  /** Looks now: a call was made or answered. */
  async look(): Promise<void> {
    this.#looksAgain = true;
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      while (this.#looksAgain) {
        this.#looksAgain = false;
        await this.#tellChanged();
      }
    } catch {
      // Postgres is away: what was told stays until the next turn.
    } finally {
      this.#isLooking = false;
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #tellChanged(): Promise<void> {
    const followed = this.#options.followed();
    for (const branchId of this.#told.keys()) if (!followed.includes(branchId)) this.#told.delete(branchId);
    if (followed.length === 0) return;
    const found = await this.#options.callsOf(followed);
    for (const branchId of followed) {
      const calls = found.filter((call) => call.branchId === branchId).map(({ branchId: _, ...call }) => call);
      if (JSON.stringify(calls) === JSON.stringify(this.#told.get(branchId))) continue;
      this.#told.set(branchId, calls);
      this.#options.tell(branchId, calls);
    }
  }
}
