import { beginsAnew, type Night } from '@antrean/shared/views/begins-anew.ts';

const lookEveryMs = 60_000;

/**
 * Loads the page anew at night, while the server answers: never into a page that cannot be loaded.
 *
 * @returns ends it
 */
export const reloadNightly = (at: () => Night): (() => void) => {
  const timer = setInterval(() => {
    if (!beginsAnew(at(), performance.now())) return;
    fetch(location.href, { cache: 'no-store' }).then(
      ({ ok }) => ok && location.reload(),
      () => {},
    );
  }, lookEveryMs);
  return () => clearInterval(timer);
};
