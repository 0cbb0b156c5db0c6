import { randomInt } from 'node:crypto';

/** Nothing that looks like something else: no 0 O, no 1 I L (S4). */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const codeLength = 8;

/** A code is good for so long, minutes (S4). */
export const codeMinutes = 10;

/** 31^8: a guess is right once in 850,000,000,000. Told in two halves, as people read it out. */
export const newPairingCode = (): string => {
  const code = Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join('');
  return `${code.slice(0, codeLength / 2)}-${code.slice(codeLength / 2)}`;
};

/** Two different ones of a list of words. */
export const newPicture = (words: string): string => {
  const list = words.split(', ');
  const first = randomInt(list.length);
  const second = (first + 1 + randomInt(list.length - 1)) % list.length;
  return `${list[first]} – ${list[second]}`;
};
