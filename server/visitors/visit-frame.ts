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
  /** Whether it was chosen that everything is larger. */
  readonly isBig: boolean;
  /** Why what was asked for was not done. */
  readonly refusal?: string;
}

/** What is asked of a page's address, without what was chosen on it. */
export type About = Readonly<Record<string, string>>;

/** An address of this visit that keeps what was chosen: no cookie, no script. @param act after the path, as `/cancel` */
export const addressOf = (
  { path, language, isBig }: Pick<VisitPage, 'path' | 'language' | 'isBig'>,
  about: About = {},
  act = '',
): string => `${path}${act}?${new URLSearchParams({ ...about, language, ...(isBig && { big: '1' }) }).toString()}`;

/** Puts the part of a page that is its own into what all of them have. */
export const framed = (
  page: VisitPage,
  { title, main, asks, about = {} }: { title: string; main: Html; asks: boolean; about?: About },
): WrittenPage => {
  const { language, say, isBig, view } = page;
  const isTurn = view.status === 'called' && !asks;
  const choices = html`<div class="choices">
    <a id="big" href="${addressOf({ ...page, isBig: !isBig }, about)}"
      >${say(isBig ? 'visit.smallText' : 'visit.bigText')}</a
    >
    ${languageLinks(pageLanguages(view.languages), language, say, (other) => addressOf({ ...page, language: other }, about))}
  </div>`;
  return {
    ...{ language, title, asks, isBig },
    // Whose turn it is sees that first.
    body: html` <div class="frame ${isTurn ? 'turn' : ''}">
      ${isTurn ? '' : choices}
      <p class="hall">${sayName(view.hall, language, view.languages)}</p>
      <main
        data-status="${view.status}"
        data-recalls="${String(view.recalls ?? 0)}"
        ${asks ? html`data-asks="${addressOf(page)}"` : ''}
      >
        ${page.refusal ? html`<p class="notice" role="alert" id="refusal">${page.refusal}</p>` : ''} ${main}
      </main>
      ${isTurn ? choices : ''}
    </div>`,
  };
};
