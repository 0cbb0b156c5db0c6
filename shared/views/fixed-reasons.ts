import { moreTimeReason } from '../domain/ticket.ts';
import type { MessageKey, Translate } from '../locales/translate.ts';

/** Choices that are sent as they are and said in the language of whoever reads them (`hold.<reason>` and so on). */
export const fixedReasons = {
  pause: ['rest', 'meal', 'prayer', 'office'],
  paused: ['network', 'staff', 'enough', 'other'],
  hold: ['copies', 'payment', 'papers', 'form', 'other'],
  skip: ['urgent', 'frail', 'together', 'mistake'],
  outcome: ['completed', 'papers', 'refused', 'later'],
} as const;

/** A reason in words; one that was typed by a program of others as it is. That of a visitor's own wish nobody chooses. */
export const sayFixed = (say: Translate, kind: keyof typeof fixedReasons, reason: string): string => {
  const isOfVisitor = kind === 'hold' && reason === moreTimeReason;
  const isFixed = isOfVisitor || (fixedReasons[kind] as readonly string[]).includes(reason);
  return isFixed ? say(`${kind}.${reason}` as MessageKey) : reason;
};
