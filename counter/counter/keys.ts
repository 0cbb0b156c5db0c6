import type { DeskAction } from '@antrean/shared/views/desk.ts';

/** What a key can stand for: an act, or a way to a part of the screen. `pick-1` is the first of those who are next. */
export type KeyAction = DeskAction | 'main' | 'undo' | 'aside' | 'help' | `pick-${number}`;

/** The key of each act, as its button shows it. Space does what F2 does. */
export const keyOf: Readonly<Partial<Record<KeyAction, string>>> = {
  main: 'F2',
  recall: 'R',
  start: 'S',
  finish: 'E',
  miss: 'N',
  hold: 'H',
  park: 'P',
  return: 'L',
  transfer: 'T',
  'add-leg': 'A',
  note: 'M',
  outcome: 'O',
  cancel: 'X',
  pause: 'B',
  aside: 'G',
  undo: 'Ctrl+Z',
  help: '?',
};

const actions: Readonly<Record<string, KeyAction>> = {
  ...Object.fromEntries(
    Object.entries(keyOf as Readonly<Record<string, string>>).map(([action, key]) => [
      key.length === 1 ? key.toLowerCase() : key,
      action as KeyAction,
    ]),
  ),
  ...Object.fromEntries([1, 2, 3, 4, 5].map((place) => [String(place), `pick-${place}` as const])),
  ' ': 'main',
};

/**
 * The act a key stands for. None with Ctrl, Alt or Meta but Ctrl+Z, none while the key is held down, none in a field one
 * types into or where keys of one letter are turned off (WCAG 2.1.4); and Space on a button is that button's.
 */
export const actionOfKey = (event: KeyboardEvent, lettersAreOn: boolean): KeyAction | null => {
  if (event.altKey || event.repeat || event.defaultPrevented) return null;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('input, textarea, select, [contenteditable], dialog')) return null;
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === 'z' && !event.shiftKey ? 'undo' : null;
  if (event.key === ' ' && target?.closest('button, a')) return null;
  const isLetter = event.key.length === 1 && event.key !== ' ';
  if (isLetter && !lettersAreOn) return null;
  return actions[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? null;
};
