/** The number people see and hear: prefix and at least three digits, such as `A012`; after `A999` comes `A1000` (NUM-2). */
export const formatNumber = (prefix: string, value: number): string => `${prefix}${String(value).padStart(3, '0')}`;

/** Takes a number apart again. Throws on a text that `formatNumber` cannot have made. */
export const parseNumber = (number: string): { prefix: string; value: number } => {
  const split = number.search(/\d/);
  if (split < 1) throw new Error(`not a ticket number: ${number}`);
  return { prefix: number.slice(0, split), value: Number(number.slice(split)) };
};
