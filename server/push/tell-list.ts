import type { BranchId } from '@antrean/shared/domain/ids.ts';

/** How often is looked, ms: at whatever no node told of, such as a call of a kiosk that ends by itself (HELP-1). */
const lookEveryMs = 1_000;

interface OfHall {
  readonly branchId: string;
}

export interface TellListOptions<Row extends OfHall> {
  /** What there is of these halls, in order. Throws where it cannot be said now; staff then hear of it with the next turn. */
  readonly rowsOf: (branchIds: readonly BranchId[]) => Promise<readonly Row[]>;
  /** The branches that are followed at this node. */
  readonly followed: () => readonly BranchId[];
  readonly tell: (branchId: BranchId, rows: readonly Omit<Row, 'branchId'>[]) => void;
}

/** Tells staff a list, such as of the kiosks that call them, as soon as it is another than they were told. */
export class TellList<Row extends OfHall> {
  readonly #options: TellListOptions<Row>;
  readonly #told = new Map<BranchId, readonly Omit<Row, 'branchId'>[]>();
  readonly #timer: NodeJS.Timeout;
  #isLooking = false;
  #looksAgain = false;

  constructor(options: TellListOptions<Row>) {
    this.#options = options;
    this.#timer = setInterval(() => void this.look(), lookEveryMs);
  }

  /** What whoever has just come is told at once; `null`: not known yet, and they are told with the others in a moment. */
  latest(branchId: BranchId): readonly Omit<Row, 'branchId'>[] | null {
    const told = this.#told.get(branchId);
    if (!told) void this.look();
    return told ?? null;
  }

  /** Looks now: there is something else to tell. */
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
    const found = await this.#options.rowsOf(followed);
    for (const branchId of followed) {
      const rows = found.filter((row) => row.branchId === branchId).map(({ branchId: _, ...row }) => row);
      if (JSON.stringify(rows) === JSON.stringify(this.#told.get(branchId))) continue;
      this.#told.set(branchId, rows);
      this.#options.tell(branchId, rows);
    }
  }
}
