import { on } from 'svelte/events';

const prevent = (event: Event): void => event.preventDefault();

/** Keys that lead away from the page, enlarge it or open what belongs to the browser. */
const leadsAway = ({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean =>
  ctrlKey || altKey || metaKey || /^(F\d+|Browser\w+|Launch\w+|ContextMenu|Meta|PrintScreen)$/.test(key);

/**
 * Keeps visitors on the page of a kiosk: no menu, no selection, no dragging, no zoom, no way back or away. What the
 * system itself takes, such as Alt+F4, a page never sees: Chromium's `--kiosk` and the system see to it.
 *
 * @returns lets go
 */
export const lockDown = (): (() => void) => {
  const named = ['contextmenu', 'selectstart', 'dragstart', 'drop', 'gesturestart', 'auxclick'];
  const held = [
    ...named.map((name) => on(window, name, prevent)),
    // By two fingers, and by wheel or touchpad: both are only asked for if they are not passive.
    on(window, 'touchmove', (event) => event.touches.length > 1 && prevent(event), { passive: false }),
    on(window, 'wheel', prevent, { passive: false }),
    on(window, 'keydown', (event) => leadsAway(event) && prevent(event), { capture: true }),
    on(window, 'popstate', () => history.pushState(null, '')),
  ];
  // Before this page there is another of the same address: going back comes to it, and forward again.
  history.pushState(null, '');
  return () => held.forEach((letGo) => letGo());
};
