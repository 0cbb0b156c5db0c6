/** 7 to 15 digits (ITU-T E.164), the first ones those of a country, with blanks, brackets and dashes between them. */
export const phonePattern = '^\\+[0-9](?:[ ()-]*[0-9]){6,14}$';

/** Separators are not counted among the digits, and need an end, too. */
export const phoneMaxLength = 40;

const phone = new RegExp(phonePattern);

/**
 * A number as people write it: `0062 811.1000/2000` is `+62 811 1000 2000`.
 *
 * @returns as the pattern has it; `null` when it is no number with the code of a country
 */
export const readPhone = (typed: string): string | null => {
  const text = typed
    .trim()
    .replace(/[\s./\u2010-\u2015]+/g, ' ')
    .replace(/^00 ?/, '+');
  return text.length <= phoneMaxLength && phone.test(text) ? text : null;
};

/** The same number is written with and without spaces and brackets. */
export const plainPhone = (text: string): string => `+${text.replace(/\D/g, '')}`;

/** Enough of a number for its owner to know it by, and not for others: `+62 ••••••• 864`. */
export const maskPhone = (text: string): string => {
  const plain = plainPhone(text);
  const hidden = Math.max(0, plain.length - 6);
  return `${plain.slice(0, 3)} ${'•'.repeat(hidden)} ${plain.slice(-3)}`;
};
