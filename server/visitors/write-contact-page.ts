import { maskPhone } from '@antrean/shared/domain/phone.ts';
import { momentText } from '@antrean/shared/views/date-text.ts';
import { type Html, html } from './html.ts';
import type { WrittenPage } from './page-parts.ts';
import { addressOf, framed, type VisitPage } from './visit-frame.ts';

export interface ContactPage extends VisitPage {
  /** What is kept; `null`: nothing. */
  readonly kept: { readonly phone: string; readonly eraseAfter: number } | null;
  /** Asks whether the number is really to be deleted. */
  readonly isErasing: boolean;
  /** What was typed and not taken. */
  readonly typed?: string;
}

/** What is kept of the visitor's person, and the way to leave a number, to take it away and to have it deleted (S23, S27). */
export const writeContactPage = (page: ContactPage): WrittenPage => {
  const { kept, isErasing, say, view } = page;
  const erases = isErasing && kept !== null;
  const main = erases ? erasing(page) : kept ? stored(page, kept) : view.contactUntil ? giving(page) : nothing(page);
  return framed(page, {
    title: say('contact.title'),
    main,
    asks: true,
    about: erases ? { contact: '1', erase: '1' } : { contact: '1' },
  });
};

const back = (page: VisitPage): Html =>
  html`<a class="button" id="back" href="${addressOf(page)}">${page.say('contact.back')}</a>`;

const nothing = (page: ContactPage): Html =>
  html` <h1>${page.say('contact.title')}</h1>
    <p id="nothing">${page.say('contact.nothing')}</p>
    <div class="actions">${back(page)}</div>`;

const giving = (page: ContactPage): Html => {
  const { view, say, typed, refusal } = page;
  const until = momentText(say, view.zone, view.contactUntil ?? 0);
  return html` <h1>${say('contact.title')}</h1>
    <p id="nothing">${say('contact.nothing')} ${say('contact.offer')}</p>
    <ul class="terms">
      <li>${say('contact.whatFor')}</li>
      <li>${say('contact.who')}</li>
      <li id="until">${say('contact.until', { until })}</li>
      <li>${say('contact.how')}</li>
    </ul>
    <form class="fields" method="post" action="${addressOf(page, {}, '/contact')}" novalidate>
      <label class="field">
        <span>${say('contact.phone')}</span>
        <input
          type="tel"
          name="phone"
          id="phone"
          required
          maxlength="60"
          autocomplete="tel"
          aria-describedby="phone-hint${refusal ? ' refusal' : ''}"
          value="${typed ?? ''}"
        />
      </label>
      <p class="hint" id="phone-hint">${say('contact.phoneHint')}</p>
      <label class="agree">
        <input type="checkbox" name="consent" id="consent" value="yes" required />
        <span>${say('contact.consent', { until })}</span>
      </label>
      <button class="button main" id="give">${say('contact.give')}</button>
    </form>
    <div class="actions">${back(page)}</div>`;
};

const stored = (page: ContactPage, { phone, eraseAfter }: NonNullable<ContactPage['kept']>): Html => {
  const { view, say } = page;
  return html` <h1>${say('contact.title')}</h1>
    <p>${say('contact.kept')}</p>
    <p class="kept" id="kept"><bdi>${maskPhone(phone)}</bdi></p>
    <ul class="terms">
      <li>${say('contact.whatFor')}</li>
      <li>${say('contact.who')}</li>
      <li id="until">${say('contact.until', { until: momentText(say, view.zone, eraseAfter) })}</li>
    </ul>
    <div class="actions">
      ${back(page)}
      <form method="post" action="${addressOf(page, {}, '/contact/export')}">
        <button class="button" id="export">${say('contact.export')}</button>
      </form>
      <a class="button bad" id="erase" href="${addressOf(page, { contact: '1', erase: '1' })}"
        >${say('contact.erase')}</a
      >
    </div>`;
};

const erasing = (page: ContactPage): Html =>
  html` <h1>${page.say('contact.eraseAsk')}</h1>
    <p>${page.say('contact.eraseHint')}</p>
    <div class="actions">
      <a class="button main" id="keep" href="${addressOf(page, { contact: '1' })}">${page.say('contact.eraseStay')}</a>
      <form method="post" action="${addressOf(page, {}, '/contact/erase')}">
        <button class="button bad" id="confirm-erase">${page.say('contact.eraseConfirm')}</button>
      </form>
    </div>`;
