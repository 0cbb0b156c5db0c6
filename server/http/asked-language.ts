import { type CatalogueLanguage, catalogueLanguages } from '@antrean/shared/locales/translate.ts';

/** Longer headers are not looked through; browsers send less than a tenth of it. */
const maxLength = 500;

/**
 * The catalogue for an `Accept-Language` header (RFC 9110 §12.5.4): of the languages it names that have a catalogue the
 * one with the highest weight, the first of equals; English when there is none.
 */
export const askedLanguage = (header: string | undefined): CatalogueLanguage => {
  let best: CatalogueLanguage = 'en';
  let bestWeight = 0;
  for (const range of (header ?? '').slice(0, maxLength).split(',')) {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const language = catalogueLanguages.find((one) => one === tag.split('-')[0]);
    const weight = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
    if (language && weight > bestWeight) [best, bestWeight] = [language, weight];
  }
  return best;
};
