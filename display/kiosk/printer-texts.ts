import { catalogueFor, type Catalogue, type Translate, translator } from '@antrean/shared/locales/translate.ts';

/** What only staff are told, left out of the catalogues that every kiosk loads at once (display/public-texts.ts). */
const parts = import.meta.glob<Catalogue>('../../shared/locales/*.json', {
  query: '?kiosk-printer',
  import: 'default',
});

/** The texts about the kiosk's own printer; English for a language that has no catalogue. Rejects when they cannot be fetched. */
export const printerTexts = async (tag: string): Promise<Translate> => {
  const language = catalogueFor(tag);
  const load = parts[`../../shared/locales/${language}.json`];
  if (!load) throw new Error(`the build has no texts in ${language}`);
  return translator(language, await load());
};
