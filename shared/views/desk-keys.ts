/** The usual key of each act, as its button shows it: a capital letter, a sign, or the name that the browser gives to the key. */
export const usualKeys = {
  main: 'F2',
  recall: 'R',
  start: 'S',
  finish: 'E',
  outcome: 'O',
  miss: 'N',
  hold: 'H',
  park: 'P',
  return: 'L',
  transfer: 'T',
  'add-leg': 'A',
  note: 'M',
  cancel: 'X',
  pause: 'B',
  aside: 'G',
  'call-colleagues': 'F9',
  help: '?',
};

/** What an agent may put on another key. `Space` stands for the main act besides, and Ctrl+Z takes back on every keyboard. */
export type OwnKeyAction = keyof typeof usualKeys;
export type DeskKeys = Readonly<Record<OwnKeyAction, string>>;

/** A key stands for an act, or a way to a part of the screen. `pick-1` is the first of those who are next. */
export type KeyAction = OwnKeyAction | 'undo' | `pick-${number}`;

export const undoKey = 'Ctrl+Z';
const picks = ['1', '2', '3', '4', '5'];

/** A key as it is kept, of what the browser calls it. */
export const keyName = (key: string): string => (key.length === 1 ? key.toUpperCase() : key);

/** Whether a key is one that text is typed with: such keys can be turned off (WCAG 2.1.4). */
export const isLetterKey = (key: string): boolean => key.length === 1 && key !== ' ';

/** Keys with which one moves on the page or of which the browser or a reader of screens is in want. */
const kept = new Set([' ', 'Tab', 'Enter', 'Escape', 'Backspace', 'Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'F5']);
const unnamed = new Set(['Unidentified', 'Dead', 'Process']);

/** Whether an act may have a key: the first five digits pick who is next, and some keys are the browser's. */
export const isFreeKey = (key: string): boolean => !kept.has(key) && !unnamed.has(key) && !picks.includes(key);

/** An act gets a key; the one that had it gets the key that is free now, so that no act loses its own. @param key one that is free */
export const putKey = (keys: DeskKeys, action: OwnKeyAction, key: string): DeskKeys => {
  const name = keyName(key);
  const holder = actionWith(keys, name);
  return { ...keys, ...(holder && { [holder]: keys[action] }), [action]: name };
};

const actionWith = (keys: DeskKeys, name: string): OwnKeyAction | undefined =>
  (Object.keys(keys) as OwnKeyAction[]).find((action) => keys[action] === name);

/** What a key stands for, pressed without Ctrl, Alt or Meta. */
export const actionWithKey = (keys: DeskKeys, key: string): KeyAction | undefined => {
  if (key === ' ') return 'main';
  return picks.includes(key) ? `pick-${Number(key)}` : actionWith(keys, keyName(key));
};

/** Keys that were kept, as far as they can be used: each act has one, and no two the same. */
export const readKeys = (kept: unknown): DeskKeys => {
  if (typeof kept !== 'object' || kept === null) return usualKeys;
  let keys = usualKeys;
  for (const [action, key] of Object.entries(kept))
    if (action in usualKeys && typeof key === 'string' && isFreeKey(key))
      keys = putKey(keys, action as OwnKeyAction, key);
  return keys;
};
