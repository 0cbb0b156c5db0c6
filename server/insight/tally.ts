import type { ReportFigures } from '@antrean/shared/protocol/report.ts';
import { added, type Counts, figuresOf, nothing } from './report-counts.ts';
import { SecondCounts } from './second-counts.ts';

/** The lowest three bits of a leg's facts, as `pack-days.ts` writes them; 0: it is open. */
const ends = { done: 1, moved: 2, goneBeforeCall: 3, noShow: 4 } as const;

/** What is counted of legs one by one (REPORT-6). */
export class Tally {
  readonly #targetMs: number;
  #counts: { -readonly [Key in keyof Counts]: number } = { ...nothing };
  readonly #lengths = { wait: new SecondCounts(), walk: new SecondCounts(), service: new SecondCounts() };

  constructor(targetMs: number) {
    this.#targetMs = targetMs;
  }

  /**
   * Takes in a leg.
   *
   * @param waitMs -1: it was not called; so with the others
   * @param facts bits: 0–2 how it ended, 3 missed a call, 4 came back, 5 called again, 6 picked by hand, 7 has a standard and
   *   was served, 8 within it, 9–13 hour, 14–15 how the wait was
   *   by what was told: 0 nothing to say, 1 sooner, 2 within, 3 later
   */
  add(waitMs: number, walkMs: number, servedMs: number, facts: number): void {
    const counts = this.#counts;
    const end = facts & 7;
    counts.joined++;
    if (waitMs >= 0) {
      counts.called++;
      this.#lengths.wait.add(waitMs);
      if (waitMs <= this.#targetMs) counts.inTarget++;
    } else if (end === ends.goneBeforeCall) counts.abandoned++;
    if (walkMs >= 0) this.#lengths.walk.add(walkMs);
    if (servedMs >= 0) this.#lengths.service.add(servedMs);
    if (end === ends.done) counts.done++;
    else if (end === ends.moved) counts.moved++;
    else if (end === ends.noShow) counts.noShows++;
    else if (end === 0) counts.open++;
    if (facts & 8 || end === ends.noShow) counts.missed++;
    if (facts & 16) counts.rejoined++;
    if (facts & 32) counts.recalled++;
    if (facts & 64) counts.chosen++;
    if (facts & 128) counts.ofStandard++;
    if (facts & 256) counts.inStandard++;
    const told = facts >> 14;
    if (told === 1) counts.sooner++;
    else if (told === 2) counts.inRange++;
    else if (told === 3) counts.later++;
  }

  addAll(other: Tally): void {
    this.#counts = { ...added(this.#counts, other.#counts) };
    for (const measure of ['wait', 'walk', 'service'] as const) {
      this.#lengths[measure].addAll(other.#lengths[measure]);
    }
  }

  figures(): ReportFigures {
    return figuresOf(this.#counts, (measure) => this.#lengths[measure].lengths());
  }
}
