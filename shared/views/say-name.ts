import { catalogueLanguages } from '../locales/translate.ts';
import type { Texts } from '../domain/setup.ts';

/** A name in the wanted language, else in the first of the others that has one. */
export const sayName = (texts: Texts | undefined, language: string, others: readonly string[] = []): string => {
  if (!texts) return '';
  const tag = [language, ...others].find((candidate) => texts[candidate]) ?? Object.keys(texts)[0];
  return tag ? (texts[tag] ?? '') : '';
};

/** The languages a screen of this hall can speak: those of the hall that have a catalogue, English when none has. */
export const screenLanguages = (hallLanguages: readonly string[]): string[] => {
  const known = hallLanguages.filter((tag) => (catalogueLanguages as readonly string[]).includes(tag));
  return known.length > 0 ? known : ['en'];
};
