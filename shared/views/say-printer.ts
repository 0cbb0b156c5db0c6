import type { Translate } from '../locales/translate.ts';
import type { PrinterView } from '../protocol/printers.ts';

const minuteMs = 60_000;

/** How a printer is, in words; since when, where that is worth saying. @param now server time, epoch ms */
export const sayPrinter = ({ condition, since }: PrinterView, now: number, say: Translate): string => {
  if (condition === null) return say('printers.asked');
  const minutes = Math.floor((now - (since ?? now)) / minuteMs);
  const isLong = minutes >= 1 && condition !== 'ready' && condition !== 'not-allowed';
  return [
    say('printers.how', { condition }),
    isLong && say('printers.since', { hours: Math.floor(minutes / 60), minutes: minutes % 60 }),
  ]
    .filter(Boolean)
    .join(' · ');
};

/** Whether it would print now; `null`: nobody knows. */
export const isPrinting = ({ condition }: PrinterView): boolean | null =>
  condition === null ? null : condition === 'ready' || condition === 'low';
