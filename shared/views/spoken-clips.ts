import { clipsOfCounter, clipsOfTicket } from './compose-call.ts';

/** One recording: of a whole text, or of a number or letter of the pack of calls. */
export type SpokenClip = { readonly text: string } | { readonly id: string };

/** Between two recordings of one text, and between two texts, ms. */
export const betweenPartsMs = 40;
export const betweenTextsMs = 320;

/** Numbers of up to three digits are said as such; longer ones, and those that begin with a zero, by their digits. */
const numberClips = (digits: string): string[] =>
  digits.length > 3 || (digits.length > 1 && digits.startsWith('0'))
    ? [...digits].map((digit) => `n${digit}`)
    : clipsOfCounter(Number(digits));

const sign = /^[A-Z]$/;
const ticketNumber = /^[A-Z]{1,3}\d+$/;

/** What a text is made of when it is not said as one: numbers, and what stands between numbers and marks. */
export const partsOfText = (text: string): string[] =>
  (text.match(/\d+|[^\d,.:;!?·–—/()…«»"]+/g) ?? []).map((part) => part.trim()).filter((part) => part !== '');

/**
 * The recordings that say a text, in order (SPOKEN-2): that of the whole text, else those of its parts. What there is no
 * recording of is left out.
 *
 * @param has whether there is a recording of a text
 * @returns `null` where not half of its words could be said
 */
export const clipsOfText = (text: string, has: (text: string) => boolean): readonly SpokenClip[] | null => {
  const whole = text.trim();
  if (has(whole)) return [{ text: whole }];
  if (sign.test(whole) || ticketNumber.test(whole)) return clipsOfTicket(whole).map((id) => ({ id }));
  let said = 0;
  let unsaid = 0;
  const clips = partsOfText(whole).flatMap((part): SpokenClip[] => {
    if (/^\d+$/.test(part)) return numberClips(part).map((id) => ({ id }));
    const isSaid = has(part);
    if (isSaid) said += part.length;
    else unsaid += part.length;
    return isSaid ? [{ text: part }] : [];
  });
  return clips.length === 0 || unsaid > said ? null : clips;
};
