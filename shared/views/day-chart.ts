import type { TodayView, UsualView } from '../protocol/dashboard.ts';
import { timeIn } from './date-text.ts';

/** A quarter of an hour of the day; `null`: it has not come yet, or nothing is known. */
export interface QuarterNow {
  /** `HH:MM` by the hall's clock. */
  readonly time: string;
  readonly joined: number | null;
  readonly done: number | null;
  readonly usual: { readonly least: number; readonly median: number; readonly most: number } | null;
}

const quarterMinutes = 15;
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/**
 * Today beside what is usual, from the first quarter of an hour in which anything happens on either to the last: today up
 * to now, what is usual for the rest of the day as well.
 *
 * @param zone IANA zone of the hall
 */
export const quartersOf = (today: TodayView | null, usual: UsualView | null, zone: string): QuarterNow[] => {
  const happened = new Map(today?.quarters.map((each) => [minutesOf(timeIn(zone, each.at)), each]));
  const known = new Map(usual?.quarters.map((each) => [each.minute, each]));
  const minutes = [...happened.keys(), ...known.keys()];
  if (minutes.length === 0) return [];
  const now = today ? minutesOf(timeIn(zone, today.at)) : -1;
  const [first, last] = [Math.min(...minutes), Math.max(...minutes)];
  return Array.from({ length: (last - first) / quarterMinutes + 1 }, (_, index) => {
    const minute = first + index * quarterMinutes;
    const then = happened.get(minute);
    const isPast = minute <= now;
    const of = known.get(minute);
    return {
      time: timeOf(minute),
      joined: then?.joined ?? (isPast ? 0 : null),
      done: then?.done ?? (isPast ? 0 : null),
      usual: usual && usual.days > 0 ? { least: of?.least ?? 0, median: of?.median ?? 0, most: of?.most ?? 0 } : null,
    };
  });
};

/** The weekdays and hours that a heat map of a week shows: those between the first and the last that are known. */
export const hoursOf = (usual: UsualView | null): { readonly weekdays: number[]; readonly hours: number[] } => {
  const known = usual?.hours ?? [];
  if (known.length === 0) return { weekdays: [], hours: [] };
  const range = (values: number[]): number[] => {
    const [first, last] = [Math.min(...values), Math.max(...values)];
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  };
  return {
    weekdays: range([1, ...known.map(({ weekday }) => weekday)]),
    hours: range(known.map(({ hour }) => hour)),
  };
};

/** Waits are counted in steps of so many minutes (TODAY-1). */
export const waitStepMinutes = 5;
