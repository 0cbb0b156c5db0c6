import { catalogueFor, type CatalogueLanguage, type Translate } from '@antrean/shared/locales/translate.ts';
import type { ExpectedWaitView } from '@antrean/shared/protocol/waits.ts';
import { screenLanguages } from '@antrean/shared/views/say-name.ts';
import { type Html, html } from './html.ts';

/** A page that a visitor's phone shows. */
export interface WrittenPage {
  readonly language: CatalogueLanguage;
  readonly title: string;
  readonly body: Html;
  /** It asks something: what is typed must not be lost by loading it anew. Absent: it does not. */
  readonly asks?: boolean;
}

/** The languages that pages for visitors of a hall can be in. */
export const pageLanguages = (hallLanguages: readonly string[]): CatalogueLanguage[] => [
  ...new Set(screenLanguages(hallLanguages).map(catalogueFor)),
];

const languageNames: Readonly<Record<CatalogueLanguage, string>> = {
  en: 'English',
  id: 'Indonesia',
  az: 'Azərbaycan',
  ru: 'Русский',
};

/** @param addressIn where the same page is in another language */
export const languageLinks = (
  languages: readonly CatalogueLanguage[],
  chosen: CatalogueLanguage,
  say: Translate,
  addressIn: (language: CatalogueLanguage) => string,
): Html => {
  if (languages.length < 2) return html``;
  return html`<nav class="languages" aria-label="${say('screen.language')}">
    ${languages.map(
      (language) =>
        html`<a href="${addressIn(language)}" lang="${language}" ${language === chosen ? html`aria-current="true"` : ''}
          >${languageNames[language]}</a
        >`,
    )}
  </nav>`;
};

const roundedToMinutes = 5;

/** In steps of five minutes and never down to nothing: a figure that jumps is believed less than a range that holds. */
export const rangeOf = ({ p50Ms, p90Ms }: ExpectedWaitView, say: Translate): string => {
  const up = (ms: number): number => Math.max(1, Math.ceil(ms / 60_000 / roundedToMinutes)) * roundedToMinutes;
  const from = up(p50Ms);
  return say('visit.range', { from, to: Math.max(up(p90Ms), from + roundedToMinutes) });
};

/** Puts a page into the shell that was built for it. */
export const filled = (shell: string, { language, title, body, asks = false }: WrittenPage): string => {
  // Functions: what they return is put in as it is, whatever signs it has.
  const escaped = title.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return (asks ? shell.replace(/<noscript><meta http-equiv="refresh"[^>]*><\/noscript>/, '') : shell)
    .replace('<html lang="en">', () => `<html lang="${language}">`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escaped}</title>`)
    .replace('<!--page-->', () => body.text);
};
