import { languageNames } from '../locales/language-names.ts';

/** A language by its own name; those without a catalogue as the browser knows them, or their tag. */
export const languageName = (tag: string): string => {
  const known = (languageNames as Readonly<Record<string, string>>)[tag];
  if (known !== undefined) return known;
  try {
    return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
};
