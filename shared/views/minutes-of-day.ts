/** From the first to the last event of a business day, epoch ms. */
export interface DayBounds {
  readonly from: number;
  readonly to: number;
}

const minuteMs = 60_000;

/** Full minutes of the clock: every zone's are those of UTC. */
const minuteOf = (at: number): number => Math.floor(at / minuteMs);

/** How many minutes one can go on from the first moment of a day (PAST-1). */
export const lastMinute = ({ from, to }: DayBounds): number => Math.ceil(to / minuteMs) - minuteOf(from);

/** The instant of a minute: 0 is the first event, the last minute the last event, all others are full minutes of the clock. */
export const instantOf = (bounds: DayBounds, minute: number): number =>
  Math.min(bounds.to, Math.max(bounds.from, (minuteOf(bounds.from) + minute) * minuteMs));

/** The minute of an instant; one outside of the day is its first or last. */
export const minuteAt = (bounds: DayBounds, at: number): number =>
  at >= bounds.to ? lastMinute(bounds) : Math.max(0, minuteOf(at) - minuteOf(bounds.from));
