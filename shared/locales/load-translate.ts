import { catalogueFor, type Catalogue, type CatalogueLanguage, type Translate, translator } from './translate.ts';

/** A chunk a language: a screen loads only what it speaks. */
const catalogues: Readonly<Record<CatalogueLanguage, () => Promise<{ default: Catalogue }>>> = {
  en: () => import('./en.json', { with: { type: 'json' } }),
  id: () => import('./id.json', { with: { type: 'json' } }),
  az: () => import('./az.json', { with: { type: 'json' } }),
  ru: () => import('./ru.json', { with: { type: 'json' } }),
};

/** The texts of a language; English for one that has no catalogue. Rejects when they cannot be fetched. */
export const loadTranslate = async (tag: string): Promise<Translate> => {
  const language = catalogueFor(tag);
  return translator(language, (await catalogues[language]()).default);
};
