import en from '@antrean/shared/locales/en.json' with { type: 'json' };
import type { MessageKey, MessageValues, Translate } from '@antrean/shared/locales/translate.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { lettersOf } from '@antrean/shared/views/letters-of.ts';
import { partsOfText } from '@antrean/shared/views/spoken-clips.ts';

/** Besides what only kiosks say: what they have in common with other screens. */
const sharedKeys: readonly MessageKey[] = [
  'screen.connecting',
  'screen.reconnecting',
  'screen.range',
  'screen.minutes',
  'date.long',
];

/** Numbers that lead to each form of a word in each language. */
const counts = [0, 1, 2, 5, 21] as const;

/** What kiosks say in a language, whatever the hall: whole texts, and the parts of those that hold numbers. */
export const kioskTexts = (language: string, say: Translate): string[] => {
  const keys = (Object.keys(en) as MessageKey[]).filter((key) => key.startsWith('kiosk.') || sharedKeys.includes(key));
  const said = keys.flatMap((key) => {
    const samples = key === 'date.long' ? dates : counts.map(valuesOf);
    return samples.map((values) => say(key, values));
  });
  const letters = lettersOf(language).flat();
  return [...new Set([...said.flatMap((text) => (/\d/.test(text) ? wordsOf(text) : [text])), ...letters])];
};

/** What a hall offers, by name. */
export const namesOf = (blueprint: Blueprint, language: string): string[] => {
  const named = [
    blueprint,
    ...blueprint.agencies,
    ...blueprint.services,
    ...(blueprint.journeys ?? []),
    ...(blueprint.priorities ?? []),
  ];
  return [...new Set(named.flatMap(({ name }) => name[language] ?? []))];
};

const wordsOf = (text: string): string[] => partsOfText(text).filter((part) => !/^\d+$/.test(part));

/** Each argument that a text of kiosks has; those that name a moment are numbers and words that are said apart. */
const valuesOf = (count: number): MessageValues => ({
  ...Object.fromEntries(
    ['count', 'quota', 'page', 'pages', 'seconds', 'minutes', 'from', 'to', 'at', 'of', 'percent'].map((name) => [
      name,
      count,
    ]),
  ),
  time: '10:30',
  when: '10:30',
});

const dates = Array.from({ length: 12 }, (_, index): MessageValues => ({
  weekday: String((index % 7) + 1),
  day: '5',
  month: String(index + 1),
}));
