import type { VoicePack } from '../protocol/voice-pack.ts';

/** What is said of a call: the number of the ticket and of the counter. */
export interface SpokenCall {
  /** Such as `A012`. */
  readonly number: string;
  readonly counterNumber: number;
  /** The visitor's. */
  readonly language: string;
}

/** A sentence in one language: its clips one after another, and what people read meanwhile (VOICE-2). */
export interface Utterance {
  readonly language: string;
  readonly caption: string;
  /** Each clip with the silence before it, ms. */
  readonly clips: readonly { readonly id: string; readonly ms: number; readonly pauseMs: number }[];
}

/** Between two words, ms. */
const betweenMs = 60;
/** Where the sentence has a comma, ms. */
const commaMs = 260;

/**
 * Puts a call together in the visitor's language and then in the hall's first (VOICE-2). A language without a pack is
 * passed over; where none of the two has one, nothing is said.
 *
 * @param hallLanguages the first is the hall's own
 * @param packs by language tag
 * @param isBrief only the first language, and fewer words
 */
export const composeCall = (
  call: SpokenCall,
  hallLanguages: readonly string[],
  packs: ReadonlyMap<string, VoicePack>,
  isBrief: boolean,
): readonly Utterance[] => {
  const spoken = [call.language, ...hallLanguages.slice(0, 1)].map(baseOf);
  const found = [...new Set(spoken)].flatMap((language) => packs.get(language) ?? []);
  return found.slice(0, isBrief ? 1 : 2).map((pack) => utter(call, pack, isBrief ? pack.brief : pack.call));
};

/** The language of a tag, without its country: packs are made by language. */
export const baseOf = (tag: string): string => tag.split('-')[0] ?? tag;

/** `A012` → the clips of A, 0, 1, 2. */
export const clipsOfTicket = (number: string): string[] =>
  [...number].map((sign) => (/\d/.test(sign) ? `n${sign}` : `letter-${sign}`));

/** 12 → that of 12; 345 → those of 300 and of 45. @param number 0 to 999 */
export const clipsOfCounter = (number: number): string[] => {
  const hundreds = Math.floor(number / 100);
  const rest = number % 100;
  return [...(hundreds > 0 ? [`h${hundreds}`] : []), ...(rest > 0 || hundreds === 0 ? [`n${rest}`] : [])];
};

const utter = (call: SpokenCall, pack: VoicePack, pieces: readonly string[]): Utterance => {
  const clips: Utterance['clips'][number][] = [];
  let caption = '';
  let pauseMs = 0;
  for (const piece of pieces) {
    if (piece === ',') {
      pauseMs = commaMs;
      caption += ',';
      continue;
    }
    const { ids, text } = saidBy(piece, call, pack);
    for (const id of ids) {
      clips.push({ id, ms: pack.clips[id]?.ms ?? 0, pauseMs: clips.length === 0 ? 0 : pauseMs });
      pauseMs = betweenMs;
    }
    caption += caption === '' ? text : ` ${text}`;
  }
  return { language: pack.language, clips, caption: caption.charAt(0).toUpperCase() + caption.slice(1) };
};

const saidBy = (piece: string, call: SpokenCall, pack: VoicePack): { ids: string[]; text: string } => {
  if (piece === '{ticket}') return { ids: clipsOfTicket(call.number), text: call.number };
  if (piece === '{counter}') return { ids: clipsOfCounter(call.counterNumber), text: String(call.counterNumber) };
  return { ids: [piece], text: pack.clips[piece]?.words ?? '' };
};
