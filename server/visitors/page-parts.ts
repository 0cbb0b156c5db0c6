import { catalogueFor, type CatalogueLanguage, type Translate } from '@antrean/shared/locales/translate.ts';
import type { ExpectedWaitView } from '@antrean/shared/protocol/waits.ts';
import { screenLanguages } from '@antrean/shared/views/say-name.ts';
import { waitRangeOf } from '@antrean/shared/views/wait-range.ts';
import { type Html, html } from './html.ts';

/** A page that a visitor's phone shows. */
export interface WrittenPage {
  readonly language: CatalogueLanguage;
  readonly title: string;
  readonly body: Html;
  /** It asks something: what is typed must not be lost by loading it anew. Absent: it does not. */
  readonly asks?: boolean;
  /** After how many seconds it loads anew where no script keeps it fresh; absent: as the shell says. */
  readonly freshForSeconds?: number;
  /** Everything on it is larger. Absent: it is not. */
  readonly isBig?: boolean;
  /** The version of the hall it shows: the script knows by it whether what it is told of is on it already (PHONE-1). */
  readonly version?: number;
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
        html`<a
          id="in-${language}"
          href="${addressIn(language)}"
          lang="${language}"
          ${language === chosen ? html`aria-current="true"` : ''}
          >${languageNames[language]}</a
        >`,
    )}
  </nav>`;
};

export const rangeOf = (wait: ExpectedWaitView, say: Translate): string => say('visit.range', { ...waitRangeOf(wait) });

/** Puts a page into the shell that was built for it. */
export const filled = (
  shell: string,
  { language, title, body, asks = false, isBig = false, freshForSeconds, version }: WrittenPage,
): string => {
  // Functions: what they return is put in as it is, whatever signs it has.
  const escaped = title.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const about = [`lang="${language}"`, isBig && 'class="big"', version !== undefined && `data-version="${version}"`];
  return (asks ? shell.replace(/<noscript><meta http-equiv="refresh"[^>]*><\/noscript>/, '') : shell)
    .replace('<html lang="en">', () => `<html ${about.filter(Boolean).join(' ')}>`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escaped}</title>`)
    .replace(/(http-equiv="refresh" content=")\d+/, (all, start) =>
      freshForSeconds ? `${start}${freshForSeconds}` : all,
    )
    .replace('<!--page-->', () => body.text);
};
