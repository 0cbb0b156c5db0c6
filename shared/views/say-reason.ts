import type { CallReason } from '../domain/call-reason.ts';
import type { Translate } from '../locales/translate.ts';
import { timeIn } from './date-text.ts';
import { sayFixed } from './fixed-reasons.ts';

const minutesOf = (ms: number | undefined): number => Math.round((ms ?? 0) / 60_000);

/**
 * Why a ticket was called and not another, in words for whoever serves it (CALL-7, APPT-5).
 *
 * @param zone the hall's, IANA
 */
export const sayReason = (say: Translate, why: CallReason, zone: string): string => {
  const reason = sayRule(say, why);
  if (why.bookedFor === undefined) return reason;
  return say('why.booked', { reason, time: timeIn(zone, why.bookedFor) });
};

const sayRule = (say: Translate, { rule, headStartMs, laterMs, afterMs, ratio, reason }: CallReason): string => {
  switch (rule) {
    case 'longest-wait':
      return say('why.longestWait');
    case 'head-start':
      return say('why.headStart', { minutes: minutesOf(headStartMs) });
    case 'skill':
      return say('why.skill', { minutes: minutesOf(laterMs) });
    case 'ratio':
      return say('why.ratio', { normal: ratio?.normal ?? 0, priority: ratio?.priority ?? 0 });
    case 'call-by':
      return say('why.callBy');
    case 'overflow':
      return say('why.overflow', { minutes: minutesOf(afterMs) });
    case 'chosen':
      return say('why.chosen', {
        isGiven: String(reason !== undefined),
        reason: sayFixed(say, 'skip', reason ?? ''),
      });
  }
};
