import type { CatalogueLanguage, Translate } from '@antrean/shared/locales/translate.ts';
import type { VisitView } from '@antrean/shared/protocol/visitors.ts';
import { timeIn } from '@antrean/shared/views/date-text.ts';
import { sayName } from '@antrean/shared/views/say-name.ts';
import type { OwnAnswer } from './answer-store.ts';
import { asking } from './ask-how-it-was.ts';
import { type Html, html } from './html.ts';
import { rangeOf, type WrittenPage } from './page-parts.ts';
import { addressOf, framed, type VisitPage } from './visit-frame.ts';

export interface StandingPage extends VisitPage {
  /** What was said of the visit, where that is asked. */
  readonly answer: OwnAnswer | null;
  /** Asks whether the visitor really means to leave. */
  readonly isLeaving: boolean;
  /** Whether the hall offers messages to phones. */
  readonly hasPush: boolean;
  /** Makes the id of a command that a form sends: sent twice it is done once (SAME-1). */
  readonly newCommandId: () => string;
}

/** So few before one are soon none. */
const soonAhead = 2;

/** How a ticket stands, in words that need no script. */
export const writeVisitPage = (page: StandingPage): WrittenPage => {
  const { view, say, isLeaving } = page;
  const state = stateOf(view, say);
  const asks = isLeaving && view.mayLeave;
  const written = framed(page, {
    title: `${view.number} · ${state}`,
    about: asks ? { leave: '1' } : {},
    main: asks ? leaving(page) : standing(page, state),
    asks,
  });
  const seconds = secondsToTakeBack(view);
  // Without a script, too, what cannot be taken back any more is soon offered no more.
  return seconds === undefined ? written : { ...written, freshForSeconds: seconds + 1 };
};

/** What is told to whoever has a link that opens nothing. */
export const writeNoVisitPage = (language: CatalogueLanguage, say: Translate, reason: string): WrittenPage => ({
  language,
  title: say('visit.unknown'),
  asks: true,
  body: html` <div class="frame">
    <main data-status="unknown" data-asks>
      <h1>${say('visit.unknown')}</h1>
      <p>${reason}</p>
    </main>
  </div>`,
});

const standing = (page: StandingPage, state: string): Html => {
  const { view, say, language } = page;
  const { expected, ahead, legs, service } = view;
  if (view.status === 'called') return turn(page, state);
  const name = (texts: Readonly<Record<string, string>> | undefined): string =>
    sayName(texts, language, view.languages);
  const isLeft = view.takeBackMs !== undefined;
  const time = timeIn(view.zone, view.at);
  return html` ${old(page)} ${isLeft ? leftJustNow(page, state) : ''}
    <div class="card" role="status">
      <p class="label">${say('kiosk.yourNumber')}</p>
      <p class="number" id="number"><bdi>${view.number}</bdi></p>
      ${isLeft ? '' : html`<p class="state" id="state">${state}</p>`}
      ${service ? html`<p class="service">${name(service)}</p>` : ''}
    </div>
    ${view.postponedUntil === undefined ? '' : postponed(page)} ${view.survey ? asking(page) : ''}
    ${
      ahead !== undefined
        ? html`<dl class="facts">
            <div>
              <dt>${say('visit.beforeYou')}</dt>
              <dd id="ahead">${say('kiosk.people', { count: ahead })}</dd>
            </div>
            ${
              expected
                ? html`<div>
                    <dt>${say('visit.wait')}</dt>
                    <dd id="wait">${rangeOf(expected, say)}</dd>
                  </div>`
                : ''
            }
          </dl>`
        : ''
    }
    ${
      legs
        ? html`<div class="more">
            <b>${say('kiosk.then')}</b>
            <ul>
              ${legs.map((leg) => html`<li>${name(leg)}</li>`)}
            </ul>
          </div>`
        : ''
    }
    <p class="updated">${say('visit.updated', { time })}</p>
    ${actions(page)}`;
};

/** Shown by the script alone, where the connection is lost: the page may be wrong by now. */
const old = ({ view, say }: StandingPage): Html =>
  html`<p class="notice old" role="status">${say('visit.old', { time: timeIn(view.zone, view.at) })}</p>`;

/** The whole screen, to be read at arm's length while walking; it stays until the visitor is served. */
const turn = (page: StandingPage, state: string): Html => {
  const { view, say, language } = page;
  const { counter, service } = view;
  // Languages differ in whether the word or the number comes first; the number alone is huge.
  const [before = '', after = ''] = say('visit.counter', { number: '#' }).split('#');
  return html` ${old(page)}
    <div class="call" role="alert">
      ${
        counter
          ? html`<p class="counter" id="counter">
              <span>${before}</span><b>${counter.number}</b><span>${after}</span>
            </p>`
          : ''
      }
      ${counter?.area ? html`<p class="area">${sayName(counter.area, language, view.languages)}</p>` : ''}
      <p class="state" id="state">${state}</p>
      <p class="label">${say('kiosk.yourNumber')}</p>
      <p class="number" id="number"><bdi>${view.number}</bdi></p>
      ${service ? html`<p class="service">${sayName(service, language, view.languages)}</p>` : ''}
    </div>
    ${actions(page)}`;
};

const actions = (page: StandingPage): Html => {
  const { view, say, newCommandId, hasPush } = page;
  // Shown by the script alone, and where the browser can sound.
  const isAwaited = view.mayLeave || view.mayRejoin;
  return html` <div class="actions">
    ${
      view.mayRejoin
        ? html`<form method="post" action="${addressOf(page, {}, '/rejoin')}">
            <input type="hidden" name="commandId" value="${newCommandId()}" />
            <button class="button main" id="rejoin">${say('visit.rejoin')}</button>
          </form>`
        : ''
    }
    ${
      isAwaited
        ? html`<button class="button aloud" id="aloud" type="button">
            <span class="off">${say('visit.aloud')}</span><span class="on">${say('visit.aloudOn')}</span>
          </button>`
        : ''
    }
    ${
      isAwaited && hasPush
        ? html`<a class="button needs-push" id="push" href="${addressOf(page, { push: '1' })}">${say('visit.push')}</a>`
        : ''
    }
    ${moreTime(page)}
    ${view.mayLeave ? html`<a class="button" id="leave" href="${addressOf(page, { leave: '1' })}">${say('visit.leave')}</a>` : ''}
    <a class="aside" id="contact" href="${addressOf(page, { contact: '1' })}">${say('contact.title')}</a>
  </div>`;
};

/** For whoever let others go first: how to end that at once comes before what it means. */
const postponed = (page: StandingPage): Html => {
  const { say, newCommandId } = page;
  return html`<form class="actions" method="post" action="${addressOf(page, {}, '/return')}">
      <input type="hidden" name="commandId" value="${newCommandId()}" />
      <button class="button main" id="ready">${say('visit.ready')}</button>
    </form>
    <p class="more">${say('visit.postponedHint')}</p>`;
};

/** For whoever waits and is not ready yet: others go first, so often and no more. */
const moreTime = (page: StandingPage): Html => {
  const { view, say, newCommandId } = page;
  if (!view.moreTime) return html``;
  if (view.moreTime.left === 0) return html`<p class="hint" id="more-time-used">${say('visit.moreTimeUsed')}</p>`;
  return html`<form method="post" action="${addressOf(page, {}, '/postpone')}">
    <input type="hidden" name="commandId" value="${newCommandId()}" />
    <button class="button" id="more-time">${say('visit.moreTime')}</button>
    <p class="hint">${say('visit.moreTimeHint', view.moreTime)}</p>
  </form>`;
};

/**
 * For whoever left by mistake, above all else: there is no time to look for it. The script counts the seconds down, and takes
 * it away when they are over.
 */
const leftJustNow = (page: StandingPage, state: string): Html => {
  const { view, say, newCommandId } = page;
  const [before = '', after = ''] = say('visit.takeBackFor', { seconds: '#' }).split('#');
  return html`<p class="card state" id="state" role="status">${state}</p>
    <form class="actions" id="take-back-form" method="post" action="${addressOf(page, {}, '/take-back')}">
      <input type="hidden" name="commandId" value="${newCommandId()}" />
      <button class="button main" id="take-back">${say('visit.takeBack')}</button>
      <p class="seconds">${before}<b id="seconds">${secondsToTakeBack(view) ?? 0}</b>${after}</p>
    </form>`;
};

const secondsToTakeBack = ({ takeBackMs }: VisitView): number | undefined =>
  takeBackMs === undefined ? undefined : Math.ceil(takeBackMs / 1_000);

const leaving = (page: StandingPage): Html => {
  const { view, say, newCommandId } = page;
  return html` <h1>${say('visit.leaveAsk', { number: view.number })}</h1>
    <p>${say('visit.leaveHint')}</p>
    <div class="actions">
      <a class="button main" id="stay" href="${addressOf(page)}">${say('visit.stay')}</a>
      <form method="post" action="${addressOf(page, {}, '/cancel')}">
        <input type="hidden" name="commandId" value="${newCommandId()}" />
        <button class="button bad" id="confirm-leave">${say('visit.leaveConfirm')}</button>
      </form>
    </div>`;
};

const stateOf = (view: VisitView, say: Translate): string => {
  const { status, ahead, mayRejoin, postponedUntil, zone } = view;
  switch (status) {
    case 'waiting':
      return say(ahead !== undefined && ahead <= soonAhead ? 'visit.soon' : 'visit.waiting');
    case 'called':
      return say('visit.called');
    case 'serving':
      return say('visit.serving');
    case 'held':
      if (postponedUntil !== undefined) return say('visit.postponed', { time: timeIn(zone, postponedUntil) });
      return say('visit.held');
    case 'parked':
      return say('visit.held');
    case 'missed':
      return say(mayRejoin ? 'visit.missed' : 'visit.missedForGood');
    case 'done':
      return say('visit.done');
    case 'cancelled':
      return say('visit.cancelled');
    case 'withdrawn':
      return say('visit.withdrawn');
    case 'no-show':
      return say('visit.missedForGood');
    default:
      return say('visit.over');
  }
};
