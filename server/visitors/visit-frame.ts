import type { CatalogueLanguage, Translate } from '@antrean/shared/locales/translate.ts';
import type { VisitView } from '@antrean/shared/protocol/visitors.ts';
import { sayName } from '@antrean/shared/views/say-name.ts';
import { type Html, html } from './html.ts';
import { languageLinks, pageLanguages, type WrittenPage } from './page-parts.ts';

/** What each page of a visit is written from. */
export interface VisitPage {
  readonly view: VisitView;
  /** `/v/…` of this visit. */
  readonly path: string;
  readonly language: CatalogueLanguage;
  readonly say: Translate;
  /** Why what was asked for was not done. */
  readonly refusal?: string;
}

/** Puts the part of a page that is its own into what all of them have. */
export const framed = (
  { view, path, language, say, refusal }: VisitPage,
  { title, main, asks, query = '' }: { title: string; main: Html; asks: boolean; query?: string },
): WrittenPage => ({
  language,
  title,
  asks,
  body: html` <div class="frame">
    ${languageLinks(pageLanguages(view.languages), language, say, (other) => `${path}?${query}language=${other}`)}
    <p class="hall">${sayName(view.hall, language, view.languages)}</p>
    <main data-status="${view.status}" ${asks ? html`data-asks="${path}?language=${language}"` : ''}>
      ${refusal ? html`<p class="notice" role="alert" id="refusal">${refusal}</p>` : ''} ${main}
    </main>
  </div>`,
});
