import type { MessageKey, Translate } from '../locales/translate.ts';

/** Choices that are sent as they are and said in the language of whoever reads them (`hold.<reason>` and so on). */
export const fixedReasons = {
  pause: ['rest', 'meal', 'prayer', 'office'],
  hold: ['copies', 'payment', 'papers', 'form', 'other'],
  skip: ['urgent', 'frail', 'together', 'mistake'],
  outcome: ['completed', 'papers', 'refused', 'later'],
} as const;

/** A reason in words; one that was typed by a program of others as it is. */
export const sayFixed = (say: Translate, kind: keyof typeof fixedReasons, reason: string): string =>
  (fixedReasons[kind] as readonly string[]).includes(reason) ? say(`${kind}.${reason}` as MessageKey) : reason;
