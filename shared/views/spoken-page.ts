import type { Translate } from '../locales/translate.ts';

/** Something on a page that can be chosen, as it is found there. */
export interface SpokenControl {
  /** What stands on it, in order: its name first. */
  readonly texts: readonly string[];
  /** Of one that is on or off. */
  readonly isOn?: boolean | undefined;
  /** It is there, and cannot be chosen now. */
  readonly isShut: boolean;
  /** Which of the page's it is, from 1, and how many there are. */
  readonly at: number;
  readonly of: number;
}

/** What is said of the control that has the focus (SPOKEN-1): its name and what stands on it, its state, its place. */
export const sayControl = (say: Translate, { texts, isOn, isShut, at, of }: SpokenControl): string[] => [
  ...texts,
  ...(isOn === undefined ? [] : [say(isOn ? 'kiosk.spokenOn' : 'kiosk.spokenOff')]),
  ...(isShut ? [say('kiosk.spokenShut')] : []),
  say('kiosk.spokenPlace', { at, of }),
];

/**
 * What is said of a page when it comes (SPOKEN-1): what stands on it besides what can be chosen, how that is chosen where
 * it is the first page, how much there is to choose from, and where the focus is.
 */
export const sayPage = (
  say: Translate,
  page: { readonly texts: readonly string[]; readonly choices: number; readonly isFirst: boolean },
  focused: SpokenControl | null,
): string[] => [
  ...(page.isFirst ? [say('kiosk.spokenHello'), say('kiosk.spokenKeys'), say('kiosk.spokenMoreKeys')] : []),
  ...page.texts,
  say('kiosk.spokenChoices', { count: page.choices }),
  ...(focused ? sayControl(say, focused) : []),
];

/** What a key does while the kiosk speaks (SPOKEN-3): all of them are on a keypad of digits, too. */
export type SpokenKey = 'next' | 'previous' | 'repeat' | 'back' | 'louder' | 'softer';

const keys: Readonly<Record<string, SpokenKey>> = {
  ArrowDown: 'next',
  ArrowRight: 'next',
  ArrowUp: 'previous',
  ArrowLeft: 'previous',
  '*': 'repeat',
  '/': 'back',
  Escape: 'back',
  '+': 'louder',
  '-': 'softer',
};

export const spokenKey = (key: string): SpokenKey | undefined => keys[key];

/** The next control of a page, or the one before; round at the ends. @param at from 0; -1: none */
export const stepTo = (at: number, count: number, to: 'next' | 'previous'): number => {
  if (at < 0) return to === 'next' ? 0 : count - 1;
  return (at + (to === 'next' ? 1 : count - 1)) % count;
};
