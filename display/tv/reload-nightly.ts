import { timeIn } from '@antrean/shared/views/date-text.ts';

/** The hour of the hall in which a TV begins anew: a page that has been open for weeks has an old version, and grows. */
const hour = '03';
/** A page younger than this has begun anew already, ms. */
const oldAfterMs = 2 * 60 * 60_000;
const lookEveryMs = 60_000;

/**
 * Loads the page anew at night, while the hall is closed and the server answers: never in the middle of a call, and never into
 * a page that cannot be loaded.
 *
 * @param at the hall's zone, the server's clock in epoch ms, and whether the day is open
 * @returns ends it
 */
export const reloadNightly = (
  at: () => { readonly zone: string; readonly now: number; readonly isOpen: boolean },
): (() => void) => {
  const timer = setInterval(() => {
    const { zone, now, isOpen } = at();
    if (isOpen || performance.now() < oldAfterMs || !timeIn(zone, now).startsWith(hour)) return;
    fetch(location.href, { cache: 'no-store' }).then(
      ({ ok }) => ok && location.reload(),
      () => {},
    );
  }, lookEveryMs);
  return () => clearInterval(timer);
};
