import { performance } from 'node:perf_hooks';
import type { AlertFacts } from '@antrean/shared/domain/alerts.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { waitTargetOf } from '@antrean/shared/protocol/report.ts';
import type { Branch } from '../hall/branch.ts';
import type { VisitLegs } from '../insight/keep-legs.ts';
import { type Sql, withinTimeout } from '../ledger/connect-postgres.ts';

type Waits = NonNullable<AlertFacts['waits']>;

/** So often the share of a hall is reckoned anew while it is called there, ms: it moves by a hundredth a quarter of an hour. */
const readEveryMs = 15_000;
/** How often is looked whether that is due, ms. */
const lookEveryMs = 1_000;

interface Kept {
  readonly date: string;
  readonly called: number;
  readonly targetMinutes: number;
  readonly waits: Waits;
  /** By the process's own clock, ms. */
  readonly readAt: number;
}

export interface SharePorts {
  readonly sql: Sql;
  readonly legs: Pick<VisitLegs, 'catchUp'>;
  readonly branches: () => readonly Branch[];
}

/** How many of the day's waits were within the target, by the figures of the reports (REPORT-3), apart from what looks each moment. */
export class DayShares {
  readonly #ports: SharePorts;
  readonly #kept = new Map<BranchId, Kept>();
  readonly #timer: NodeJS.Timeout;
  #reading: Promise<void> | null = null;
  #isClosed = false;

  constructor(ports: SharePorts) {
    this.#ports = ports;
    this.#timer = setInterval(() => this.#read(), lookEveryMs);
  }

  /** `null`: not known now. */
  of({ id, hall, setup }: Branch): Waits | null {
    const kept = this.#kept.get(id);
    return kept?.date === hall.day?.date && kept?.targetMinutes === waitTargetOf(setup.rules)
      ? (kept?.waits ?? null)
      : null;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#reading;
  }

  #read(): void {
    this.#reading ??= this.#readAll().finally(() => (this.#reading = null));
  }

  async #readAll(): Promise<void> {
    for (const branch of this.#ports.branches()) {
      const { id, hall, setup } = branch;
      if (this.#isClosed) return;
      if (!hall.day?.isOpen || setup.rules.alerts?.sharePercent === undefined) continue;
      const of = { date: hall.day.date, called: hall.totals.called, targetMinutes: waitTargetOf(setup.rules) };
      if (!isDue(this.#kept.get(id), of)) continue;
      // Postgres is away: what is known stays until the next turn.
      await this.#readOne(branch, of).catch(() => {});
    }
  }

  async #readOne({ id, setup }: Branch, of: Omit<Kept, 'waits' | 'readAt'>): Promise<void> {
    await this.#ports.legs.catchUp(id, setup.zone);
    const [waits] = await withinTimeout(this.#ports.sql<Waits[]>`
      select count(*)::int as of, count(*) filter (where wait_ms <= ${of.targetMinutes * 60_000}::int)::int as count
      from visit_leg
      where branch_id = ${id} and business_day = ${of.date}::date and ending is distinct from 'void' and wait_ms is not null`);
    if (waits) this.#kept.set(id, { ...of, waits, readAt: performance.now() });
  }
}

/** What another day or target has to say is asked for at once. */
const isDue = (kept: Kept | undefined, of: Omit<Kept, 'waits' | 'readAt'>): boolean =>
  kept?.date !== of.date ||
  kept.targetMinutes !== of.targetMinutes ||
  (kept.called !== of.called && performance.now() - kept.readAt >= readEveryMs);
