import type { DeskAction } from '@antrean/shared/views/desk.ts';

/** The key of each act, as its button shows it. Space does what F2 does. */
export const keyOf: Readonly<Partial<Record<DeskAction | 'main', string>>> = {
  main: 'F2',
  recall: 'R',
  start: 'S',
  finish: 'E',
  miss: 'N',
};

const actions: Readonly<Record<string, DeskAction | 'main'>> = {
  F2: 'main',
  ' ': 'main',
  r: 'recall',
  s: 'start',
  e: 'finish',
  n: 'miss',
};

/**
 * The act a key stands for. None with Ctrl, Alt or Meta, none while the key is held down, none in a field one types
 * into (WCAG 2.1.4); and Space on a button is that button's.
 */
export const actionOfKey = (event: KeyboardEvent): DeskAction | 'main' | null => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.defaultPrevented) return null;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('input, textarea, select, [contenteditable], dialog')) return null;
  if (event.key === ' ' && target?.closest('button, a')) return null;
  return actions[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? null;
};
