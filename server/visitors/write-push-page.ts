import { type Html, html } from './html.ts';
import type { WrittenPage } from './page-parts.ts';
import { addressOf, framed, type VisitPage } from './visit-frame.ts';

export interface PushPage extends VisitPage {
  /** Whether a phone is told of the ticket now. */
  readonly isOn: boolean;
  /** By which the browser knows this installation, base64url. */
  readonly publicKey: string;
}

/** What a message to the phone is, before the browser asks whether it may show any (PUSH-1). */
export const writePushPage = (page: PushPage): WrittenPage => {
  const { say, isOn } = page;
  return framed(page, {
    title: say('push.title'),
    main: html` <h1>${say('push.title')}</h1>
      ${isOn ? html`<p class="notice" id="push-on" role="status">${say('push.isOn')}</p>` : ''}
      <ul class="terms">
        <li>${say('push.how')}</li>
        <li>${say('push.needs')}</li>
        <li>${say('push.who')}</li>
        <li>${say('push.until')}</li>
      </ul>
      <div class="actions">
        ${isOn ? stopping(page) : asking(page)}
        <a class="button" id="back" href="${addressOf(page)}">${say('contact.back')}</a>
      </div>`,
    asks: true,
    about: { push: '1' },
  });
};

/** Shown by the script alone, and where the browser takes messages. */
const asking = ({ say, publicKey, language }: PushPage): Html =>
  html`<p class="notice" role="alert" id="push-failed" hidden></p>
    <button
      class="button main needs-push"
      id="allow-push"
      type="button"
      data-key="${publicKey}"
      data-language="${language}"
      data-denied="${say('push.denied')}"
      data-failed="${say('push.failed')}"
    >
      ${say('push.allow')}
    </button>`;

const stopping = (page: PushPage): Html =>
  html`<form method="post" action="${addressOf(page, {}, '/push/stop')}">
    <button class="button" id="stop-push">${page.say('push.stop')}</button>
  </form>`;
