import { readdirSync, readFileSync } from 'node:fs';
import { ticketLetters } from '@antrean/shared/domain/ticket-letters.ts';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { parse } from 'yaml';

const folder = new URL('words/', import.meta.url);

const Words = Type.Record(Type.String(), Type.String({ minLength: 1 }));
const Pieces = Type.Array(Type.String(), { minItems: 1 });

const PackWords = Type.Object(
  {
    voice: Type.String(),
    wordsPerMinute: Type.Integer({ minimum: 80, maximum: 300 }),
    call: Pieces,
    brief: Pieces,
    phrases: Words,
    letters: Words,
    numbers: Type.Array(Type.String(), { minItems: 100, maxItems: 100 }),
    hundreds: Type.Array(Type.String(), { minItems: 9, maxItems: 9 }),
  },
  { additionalProperties: false },
);

/** What a pack says, before anybody has said it. */
export interface WordsOfPack {
  /** As espeak-ng names it. */
  readonly voice: string;
  readonly wordsPerMinute: number;
  readonly call: readonly string[];
  readonly brief: readonly string[];
  /** By the id of the clip. */
  readonly clips: ReadonlyMap<string, string>;
}

/** The languages whose words are there. */
export const wordLanguages = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();

/** Throws when the file of the language is not as it must be, with what is wrong in it. */
export const readWords = (language: string): WordsOfPack => {
  const words: unknown = parse(readFileSync(new URL(`${language}.yaml`, folder), 'utf8'));
  if (!Value.Check(PackWords, words)) {
    const [error] = Value.Errors(PackWords, words);
    throw new Error(`words/${language}.yaml: ${error?.instancePath} ${error?.message}`);
  }
  const missing = ticketLetters.filter((letter) => !words.letters[letter]);
  if (missing.length > 0) throw new Error(`words/${language}.yaml has no name for ${missing.join(', ')}`);
  return {
    voice: words.voice,
    wordsPerMinute: words.wordsPerMinute,
    call: words.call,
    brief: words.brief,
    clips: new Map([
      ...Object.entries(words.phrases),
      ...ticketLetters.map((letter) => [`letter-${letter}`, words.letters[letter] ?? ''] as const),
      ...words.numbers.map((said, number) => [`n${number}`, said] as const),
      ...words.hundreds.map((said, index) => [`h${index + 1}`, said] as const),
    ]),
  };
};
