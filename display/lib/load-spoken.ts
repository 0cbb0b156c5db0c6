import { loadTranslate } from '@antrean/shared/locales/load-translate.ts';
import type { Translate } from '@antrean/shared/locales/translate.ts';

/** A language with its texts. */
export interface Spoken {
  readonly language: string;
  readonly say: Translate;
}

/** The texts of several languages at once, for a screen that shows all of them. Tries until they have come. */
export const loadSpoken = async (languages: readonly string[]): Promise<Spoken[]> => {
  for (;;) {
    try {
      return await Promise.all(languages.map(async (language) => ({ language, say: await loadTranslate(language) })));
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
};
