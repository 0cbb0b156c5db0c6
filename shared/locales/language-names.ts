import type { CatalogueLanguage } from './translate.ts';

/** Each language by its own name, as whoever speaks it looks for it. */
export const languageNames: Readonly<Record<CatalogueLanguage, string>> = {
  en: 'English',
  id: 'Bahasa Indonesia',
  az: 'Azərbaycanca',
  ru: 'Русский',
};
