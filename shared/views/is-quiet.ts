import { timeIn } from './date-text.ts';

/**
 * Whether a hall's TVs make no sound at this time (VOICE-6).
 *
 * @param quiet local times `HH:MM`; past midnight where `to` is earlier; absent: never
 * @param now epoch ms
 */
export const isQuiet = (
  quiet: { readonly from: string; readonly to: string } | undefined,
  zone: string,
  now: number,
): boolean => {
  if (!quiet) return false;
  const time = timeIn(zone, now);
  const { from, to } = quiet;
  return from <= to ? time >= from && time < to : time >= from || time < to;
};
