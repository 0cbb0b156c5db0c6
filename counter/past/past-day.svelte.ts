import { pauseBeforeTry, type Reply } from '@antrean/shared/client/ask-server.ts';
import type { DayOutlineView, DaysView, PastView } from '@antrean/shared/protocol/past.ts';
import type { Problem } from '@antrean/shared/protocol/problem.ts';
import type { AskHall } from '../lib/ask-hall.ts';
import { readPlace, writePlace } from './place.ts';

/** The moment that the page is at: which day, which instant of it, and the hall as it stood then (PAST-1). */
export class PastDay {
  readonly #ask: AskHall;
  /** `null` until they are known. */
  #days = $state.raw<readonly string[] | null>(null);
  #date = $state.raw<string | null>(null);
  #outline = $state.raw<DayOutlineView | null>(null);
  #wantedAt = $state.raw(0);
  #shown = $state.raw<PastView | null>(null);
  #isOffline = $state.raw(false);
  #problem = $state.raw<Problem | null>(null);
  #isAsking = false;

  constructor(ask: AskHall) {
    this.#ask = ask;
    void this.#begin();
  }

  get days(): readonly string[] | null {
    return this.#days;
  }
  get date(): string | null {
    return this.#date;
  }
  get outline(): DayOutlineView | null {
    return this.#outline;
  }
  /** The instant that is asked for, epoch ms; `shown` follows. */
  get wantedAt(): number {
    return this.#wantedAt;
  }
  /** The hall at its own `at`: never under another instant than the one it stood so at. */
  get shown(): PastView | null {
    return this.#shown;
  }
  /** No answer came, and it is asked again. */
  get isOffline(): boolean {
    return this.#isOffline;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  /** Goes to a day, to its last event unless an instant is named. @param date `YYYY-MM-DD` */
  async choose(date: string, at: number | null = null): Promise<void> {
    this.#date = date;
    this.#outline = null;
    this.#shown = null;
    this.#problem = null;
    const outline = await this.#answer<DayOutlineView>(`/days/${date}`);
    // Another day was chosen meanwhile.
    if (!outline || this.#date !== date) return;
    this.#outline = outline;
    this.go(at ?? outline.to);
  }

  /** Goes to an instant of the day, or to the nearest that the day has. */
  go(at: number): void {
    if (!this.#outline) return;
    this.#wantedAt = Math.min(this.#outline.to, Math.max(this.#outline.from, at));
    writePlace({ day: this.#outline.date, at: String(this.#wantedAt) });
    void this.#follow();
  }

  async #begin(): Promise<void> {
    const list = await this.#answer<DaysView>('/days');
    if (!list) return;
    const { day, at } = readPlace();
    // A day of the address that is not listed: one before these, or none; the server says which.
    this.#know(day === null ? list.days : [...list.days, day]);
    const first = day ?? list.days[0];
    if (first !== undefined) await this.choose(first, at);
    await this.#knowEarlier(list);
  }

  /** The latest first, each once. */
  #know(days: readonly string[]): void {
    const all = [...(this.#days ?? []), ...days].sort().reverse();
    this.#days = all.filter((day, index) => day !== all[index - 1]);
  }

  /** The days of all years, a year at a time, while one is looked at: what is said of that one stays. */
  async #knowEarlier(page: DaysView): Promise<void> {
    for (let tries = 1; page.hasMore;) {
      const reply = await this.#ask<DaysView>(`/days?before=${page.days.at(-1)}`);
      if (reply.kind === 'refused') return;
      if (reply.kind === 'unanswered') {
        await pauseBeforeTry(tries++);
        continue;
      }
      page = reply.body;
      this.#know(page.days);
      tries = 1;
    }
  }

  /** One question at a time, and always for the newest instant: a slider moves faster than a day is folded. */
  async #follow(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    while (this.#outline && (this.#shown?.at !== this.#wantedAt || this.#shown.date !== this.#date)) {
      const date = this.#date;
      const past = await this.#answer<PastView>(() => `/days/${this.#date}/moment?at=${this.#wantedAt}`);
      if (!past) break;
      if (past.date === date && date === this.#date) this.#shown = past;
    }
    this.#isAsking = false;
  }

  /** Asks until there is an answer. @param path a function: what is wanted then @returns `null` for a refusal */
  async #answer<T>(path: string | (() => string)): Promise<T | null> {
    for (let tries = 1; ; tries++) {
      const reply: Reply<T> = await this.#ask<T>(typeof path === 'string' ? path : path());
      this.#isOffline = reply.kind === 'unanswered';
      if (reply.kind === 'done') {
        this.#problem = null;
        return reply.body;
      }
      if (reply.kind === 'refused') {
        this.#problem = reply.problem;
        return null;
      }
      await pauseBeforeTry(tries);
    }
  }
}
