/** The number people see and hear: prefix and at least three digits, such as `A012`; after `A999` comes `A1000` (NUM-2). */
export const formatNumber = (prefix: string, value: number): string => `${prefix}${String(value).padStart(3, '0')}`;

/** Takes a number apart again. Throws on a text that `formatNumber` cannot have made. */
export const parseNumber = (number: string): { prefix: string; value: number } => {
  const split = number.search(/\d/);
  if (split < 1) throw new Error(`not a ticket number: ${number}`);
  return { prefix: number.slice(0, split), value: Number(number.slice(split)) };
};

/** The numbers that a prefix gives on a business day (NUM-4): `from`, then `step` further each time, up to `to`. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** The number after the last one given of a prefix: the next of the range that was not passed by (NUM-1, NUM-4). */
export const nextNumber = (
  last: number | undefined,
  { from, step }: Pick<NumberRange, 'from' | 'step'> = { from: 1, step: 1 },
): number => (last === undefined || last < from ? from : from + (Math.floor((last - from) / step) + 1) * step);
