import type { HallEvent } from '@antrean/shared/domain/events.ts';

const quarterMs = 15 * 60_000;
const quartersOfDay = 96;
/** Days that are remembered, and how many of them there must be before anything is unusual. */
const daysKept = 10;
const daysNeeded = 3;
/** So many times the usual is unusual (S11) … */
const times = 3;
/** … from so many on: three where there is usually one is chance. */
const least = 20;

/** How many tickets nobody of the staff issued, against what is usual at this time of the day. */
export interface IssuingNow {
  /** In the last quarter of an hour. */
  readonly lastQuarter: number;
  /** In a quarter of an hour: the median over the days before; `null` while fewer than three are known. */
  readonly usual: number | null;
  readonly isUnusual: boolean;
}

/**
 * How many tickets people take by themselves, as a fold of a branch's ledger: three times the usual is a kiosk that somebody
 * plays with, or one that has gone wrong (DEVICE-7). A median, so that one such day does not make the next one usual.
 */
export class IssuingRate {
  #version = 0;
  #date = '';
  #days: Uint32Array[] = [];
  #today = new Uint32Array(quartersOfDay);
  /** When the tickets of the last quarter of an hour were issued, epoch ms. */
  #latest: number[] = [];

  /** Takes events in the order of the ledger; what it took already it leaves. */
  take(events: readonly HallEvent[]): void {
    for (const event of events) {
      if (event.version <= this.#version) continue;
      this.#version = event.version;
      if (event.type === 'day.opened') this.#open(event.data.date);
      if (event.type === 'ticket.issued' && !('staffId' in event.actor)) this.#issued(event.at);
    }
  }

  /** @param at epoch ms */
  now(at: number): IssuingNow {
    this.#forgetBefore(at - quarterMs);
    const lastQuarter = this.#latest.length;
    const usual = this.#days.length < daysNeeded ? null : median(this.#days.map((day) => around(day, quarterOf(at))));
    return { lastQuarter, usual, isUnusual: usual !== null && lastQuarter >= least && lastQuarter > times * usual };
  }

  #open(date: string): void {
    // A day that was closed may be opened again.
    if (date === this.#date) return;
    if (this.#today.some((count) => count > 0)) this.#days = [...this.#days, this.#today].slice(-daysKept);
    this.#today = new Uint32Array(quartersOfDay);
    this.#date = date;
  }

  #issued(at: number): void {
    this.#today[quarterOf(at)]! += 1;
    this.#latest.push(at);
    this.#forgetBefore(at - quarterMs);
  }

  #forgetBefore(from: number): void {
    const kept = this.#latest.findIndex((at) => at > from);
    this.#latest.splice(0, kept === -1 ? this.#latest.length : kept);
  }
}

/** Of the day in UTC: only the same time of other days is compared with it. */
const quarterOf = (at: number): number => Math.floor(at / quarterMs) % quartersOfDay;

/** What a quarter of an hour has about that time: the mean of three. */
const around = (day: Uint32Array, quarter: number): number =>
  [-1, 0, 1].reduce((sum, off) => sum + day[(quarter + off + quartersOfDay) % quartersOfDay]!, 0) / 3;

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};
