import type { TodayView, UsualView } from '@antrean/shared/protocol/dashboard.ts';
import type { WaitsView } from '@antrean/shared/protocol/waits.ts';
import type { AskHall } from '../lib/ask-hall.ts';

/** Nothing is asked for more often, ms. */
const askEveryMs = 600;
/** Time goes on without anything happening: after so long it is asked for all the same, ms. */
const staleAfterMs = 15_000;
/** What is usual does not change within a day, but what a page that stays open for weeks knows does, ms. */
const usualEveryMs = 900_000;

/** What newcomers wait is learnt anew no more often, ms. */
const waitsEveryMs = 15_000;

/** How the day stands, what newcomers wait and what is usual (TODAY-1, WAIT-1, TODAY-2), asked for while the page is looked at. To be made while a component starts. */
export class DayFigures {
  #today = $state.raw<TodayView | null>(null);
  #usual = $state.raw<UsualView | null>(null);
  #waits = $state.raw<WaitsView | null>(null);
  readonly #ask: AskHall;
  #isAsking = false;
  #isDue = true;
  #askedAt = -Infinity;
  #askedWaitsAt = -Infinity;
  #askedUsualAt = -Infinity;

  /** @param change what is read there changes with whatever happens in the hall */
  constructor(ask: AskHall, change: () => unknown) {
    this.#ask = ask;
    $effect(() => {
      change();
      this.#isDue = true;
      // At once, or as soon as it may be asked again: what happens is to be seen within a second.
      const timer = setTimeout(() => void this.#look(), Math.max(0, this.#askedAt + askEveryMs - performance.now()));
      return () => clearTimeout(timer);
    });
    $effect(() => {
      const timer = setInterval(() => void this.#look(), askEveryMs);
      return () => clearInterval(timer);
    });
  }

  /** `null`: not known yet. */
  get today(): TodayView | null {
    return this.#today;
  }

  get usual(): UsualView | null {
    return this.#usual;
  }

  get waits(): WaitsView | null {
    return this.#waits;
  }

  async #look(): Promise<void> {
    const now = performance.now();
    const isTime = now - this.#askedAt >= (this.#isDue ? askEveryMs : staleAfterMs);
    if (document.hidden || this.#isAsking || !isTime) return;
    this.#isAsking = true;
    this.#isDue = false;
    this.#askedAt = now;
    const isUsualDue = now - this.#askedUsualAt > usualEveryMs;
    const areWaitsDue = now - this.#askedWaitsAt >= waitsEveryMs;
    const [today, waits, usual] = await Promise.all([
      this.#ask<TodayView>('/today'),
      areWaitsDue ? this.#ask<WaitsView>('/waits') : null,
      isUsualDue ? this.#ask<UsualView>('/usual') : null,
    ]);
    this.#isAsking = false;
    // What was known stays where no answer came: the page itself says when the connection is lost.
    if (today.kind === 'done') this.#today = today.body;
    else this.#isDue = true;
    if (waits?.kind === 'done') [this.#waits, this.#askedWaitsAt] = [waits.body, now];
    if (usual?.kind === 'done') [this.#usual, this.#askedUsualAt] = [usual.body, now];
  }
}
