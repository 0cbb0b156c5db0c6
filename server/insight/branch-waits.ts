import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  estimateWait,
  type ExpectedWait,
  type LearntWaits,
  nothingLearnt,
} from '@antrean/shared/domain/expected-wait.ts';
import { followWaits, type WaitsFold } from '@antrean/shared/domain/follow-waits.ts';
import { draftOf } from '@antrean/shared/domain/hall-draft.ts';
import { emptyHall, type Hall } from '@antrean/shared/domain/hall.ts';
import { countersAtWork, situationOf, type WaitAsked } from '@antrean/shared/domain/observe-waits.ts';
import { standardsOf } from '@antrean/shared/domain/service-times.ts';
import type { Branch } from '../hall/branch.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import { eventsPerRead, readEvents } from '../ledger/read-events.ts';
import { readDaysStart } from '../ledger/read-head.ts';
import { type IssuingNow, IssuingRate } from './issuing-rate.ts';

/** Events that a branch's waits are learnt from at first, whole days of them: some ten days of a big hall. */
const learnsFrom = 100_000;
/** How old what was learnt may be when somebody asks, ms. */
const freshForMs = 5_000;
/** Events taken in between two turns of the loop: the hall's commands come first. */
const chunkSize = 50;

/**
 * What one branch has taught of its waits, and of how many come, as a fold of its ledger that is read when somebody asks: it costs nothing on
 * the way of a command, and every node comes to the same.
 */
export class BranchWaits {
  readonly #sql: Sql;
  readonly #branch: Branch;
  readonly #rate = new IssuingRate();
  #learnt: LearntWaits = nothingLearnt();
  /** As it stood where learning has come to; once it has caught up, the branch's own. */
  #hall: Hall | null = null;
  #learning: Promise<void> | null = null;
  #learntAt = -Infinity;

  constructor(sql: Sql, branch: Branch) {
    this.#sql = sql;
    this.#branch = branch;
  }

  /** How long it will be for each of those asked about, `null` where no counter serves them (WAIT-1). Throws what Postgres throws, the first time. */
  async expect(asked: readonly WaitAsked[], now: number): Promise<(ExpectedWait | null)[]> {
    await this.#refresh();
    const { hall, setup } = this.#branch;
    const atWork = countersAtWork(hall, setup);
    return asked.map((each) => estimateWait(this.#learnt, situationOf(hall, setup, each, now, atWork)));
  }

  /** How many tickets people take by themselves, and whether that is unusual (DEVICE-7). Throws as `expect` does. */
  async issuing(now: number): Promise<IssuingNow> {
    await this.#refresh();
    // Whoever asks this has the time, and wants to know of the last ticket too.
    await this.#learning?.catch(() => {});
    return this.#rate.now(now);
  }

  async #refresh(): Promise<void> {
    const isFirst = this.#hall === null;
    if (!this.#learning && performance.now() - this.#learntAt > freshForMs) {
      this.#learning = this.#learn().finally(() => (this.#learning = null));
      // Later ones are answered from what is known; a Postgres that is away then is told by whatever needs it.
      this.#learning.catch(() => {});
    }
    if (isFirst) await this.#learning;
  }

  async #learn(): Promise<void> {
    const { id, setup } = this.#branch;
    // The branch's own hall stays as it is.
    const fold: WaitsFold = {
      hall: draftOf(this.#hall ?? emptyHall(id, (await readDaysStart(this.#sql, id, learnsFrom)) - 1)),
      learnt: { ...this.#learnt, standards: standardsOf(setup) },
    };
    for (;;) {
      const events = await readEvents(this.#sql, id, fold.hall.version);
      for (let from = 0; from < events.length; from += chunkSize) {
        const chunk = events.slice(from, from + chunkSize);
        for (const event of chunk) followWaits(fold, event, setup);
        this.#rate.take(chunk);
        await nextTurn();
      }
      if (events.length < eventsPerRead) break;
    }
    // Equal folds: one of them is enough.
    this.#hall = fold.hall.version === this.#branch.hall.version ? this.#branch.hall : fold.hall;
    this.#learnt = fold.learnt;
    this.#learntAt = performance.now();
  }
}
