/**
 * Marks that are not seen, turn the direction of what follows, break lines, or mean something to a terminal or a printer:
 * controls, halves of characters, bidirectional controls, line and paragraph separators, blanks without width, fillers,
 * annotations, tags, what is no character, and U+FFFD, which stands where something was not UTF-8. The joiners U+200C and
 * U+200D stay: Persian and emoji are written with them.
 */
const hidden =
  '\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Bidi_Control}\\p{Noncharacter_Code_Point}\\u115f\\u1160\\u180e\\u200b\\u2060-\\u2064' +
  '\\u206a-\\u206f\\u2800\\u3164\\ufeff\\uffa0\\ufff9-\\ufffd\\u{e0000}-\\u{e007f}';

/**
 * One line of text that people can read (S17): something to see in it, nothing hidden, and at most four marks on a letter:
 * living languages need no more, and a tower of them covers the lines above. To be read with the flag `u`.
 */
export const plainTextPattern = `^ *[^\\s\\p{M}${hidden}]\\p{M}{0,4}(?:[^\\p{M}${hidden}]\\p{M}{0,4})*$`;

const plainText = new RegExp(plainTextPattern, 'u');

export const isPlainText = (text: string): boolean => plainText.test(text);
