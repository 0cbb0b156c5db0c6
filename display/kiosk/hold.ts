import { on } from 'svelte/events';

/** So long a finger stays where no visitor's does, ms. */
const holdMs = 3_000;

/** Tells when an element was held, for what only staff need to find. */
export const onHold =
  (held: () => void) =>
  (element: HTMLElement): (() => void) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const letGo = (): void => clearTimeout(timer);
    const ends = [
      on(element, 'pointerdown', () => (timer = setTimeout(held, holdMs))),
      ...['pointerup', 'pointerleave', 'pointercancel'].map((name) => on(element, name, letGo)),
    ];
    return () => {
      letGo();
      ends.forEach((end) => end());
    };
  };
