import '@antrean/shared/tokens.css';
import './visit.css';
import './survey.css';
import type { VisitLinkState } from '@antrean/shared/screen/visit-link.ts';
import { Alarm } from './alarm.ts';
import { countDown } from './count-down.ts';

/** How often the page asks how the ticket stands while somebody may look at it or listen, and nobody tells it, ms. */
const everyMs = 10_000;
/** How often it asks all the same where it is told what is new: waits and times move by themselves, ms. */
const toldEveryMs = 60_000;
/** An answer that takes longer will not come: the phone has left the network it was in, ms. */
const answerWithinMs = 8_000;
/** From then on what is shown may be wrong, and says so, ms. */
const staleAfterMs = 60_000;

const versionOf = (page: Document): number => Number(page.documentElement.dataset.version ?? 0);

let shownAt = Date.now();
let askedAt = Date.now();
/** Of the hall, of the latest answer. */
let version = versionOf(document);
let isAsking = false;
let wasAnswered = true;
/** Whether what is new is told over a socket, or nothing new will come. */
let isTold = false;
let alarm: Alarm | null = null;

const place = (): HTMLElement | null => document.querySelector('main');
const isCalled = (): boolean => place()?.dataset.status === 'called';
/** The call and each time it was repeated; 0: not called. */
const summons = (): number => (isCalled() ? 1 + Number(place()?.dataset.recalls ?? 0) : 0);

/**
 * The server writes the page, so that it works without this script; with it the part that changes is fetched anew, and
 * what a visitor is about to do is left alone: then only a change of how the ticket stands is told.
 */
const refresh = async (): Promise<void> => {
  const asks = place()?.dataset.asks;
  // Where something is asked, the address of how the ticket stands; empty where there is none.
  const address = asks ?? location.href;
  if (isAsking || (document.hidden && !alarm) || address === '') return;
  isAsking = true;
  askedAt = Date.now();
  let isAnswered = false;
  const giveUp = new AbortController();
  const patience = setTimeout(() => giveUp.abort(), answerWithinMs);
  const before = summons();
  try {
    const response = await fetch(address, { headers: { accept: 'text/html' }, signal: giveUp.signal });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fresh = page.querySelector('main');
    // Too many tries, or a server that is starting: what is shown stands until there is an answer.
    if (!fresh || (!response.ok && response.status !== 404)) return;
    isAnswered = true;
    version = versionOf(page);
    if (asks !== undefined) tell(fresh);
    else show(page);
    if (summons() > before) alarm?.ring();
    else if (!isCalled()) alarm?.hush();
  } catch {
    // No connection: tried again in a moment.
  } finally {
    clearTimeout(patience);
    isAsking = false;
    wasAnswered = isAnswered;
    sayIfOld();
  }
};

/** What is known to be the latest is not old, whenever it was shown. */
const sayIfOld = (): void => {
  const isOld = !(isTold && wasAnswered) && Date.now() - shownAt > staleAfterMs;
  const main = place();
  main?.classList.toggle('stale', isOld && main.dataset.asks === undefined);
};

/** Whoever is typing must not miss their turn. */
const tell = (fresh: HTMLElement): void => {
  const shown = place();
  const state = fresh.querySelector('#state')?.textContent;
  if (!shown || !state) return;
  shown.dataset.recalls = fresh.dataset.recalls;
  if (shown.dataset.status === fresh.dataset.status) return;
  shown.dataset.status = fresh.dataset.status;
  document.getElementById('news')?.remove();
  const news = document.createElement('p');
  news.id = 'news';
  news.className = 'notice';
  news.setAttribute('role', 'alert');
  news.textContent = state;
  shown.prepend(news);
};

const show = (page: Document): void => {
  shownAt = Date.now();
  document.title = page.title;
  const shown = document.querySelector('.frame');
  const fresh = page.querySelector('.frame');
  if (!shown || !fresh) return;
  if (shown.innerHTML === fresh.innerHTML) return;
  // Whoever stands on a button with the keyboard stays there.
  const focused = document.activeElement?.id;
  shown.replaceWith(document.importNode(fresh, true));
  if (focused) document.getElementById(focused)?.focus();
};

/** Turns it on or off that a call is told by sound. All at once: on iPhones a page that first waits has lost the touch. */
const toggleAlarm = (): void => {
  if (alarm) {
    alarm.close();
    alarm = null;
  } else {
    alarm = new Alarm();
    if (isCalled()) alarm.ring();
  }
  document.documentElement.classList.toggle('is-aloud', alarm !== null);
};

// Classes of the whole page: its parts are replaced by what the server writes.
document.documentElement.classList.toggle('can-sound', 'AudioContext' in window);
// Over TLS alone, and on iPhones for pages that were put on the home screen alone.
document.documentElement.classList.toggle('can-push', 'PushManager' in window && 'serviceWorker' in navigator);
// Loaded before it is needed, for a browser asks only while the touch is fresh; a touch that comes earlier is kept.
const push = document.getElementById('allow-push') && import('./ask-push.ts');
document.addEventListener('click', ({ target }) => {
  // Whoever touches the page has noticed.
  alarm?.hush();
  if (!(target instanceof Element)) return;
  if (target.closest('#aloud')) toggleAlarm();
  // Found by the touch, as the page's parts are replaced.
  const allow = target.closest<HTMLButtonElement>('#allow-push');
  if (allow) void push?.then(({ offerPush }) => offerPush(allow));
});
setInterval(() => {
  sayIfOld();
  // What was refused is said for a moment, and then how the ticket stands and no more.
  const isUpToDate = isTold && wasAnswered && !document.getElementById('refusal');
  if (Date.now() - askedAt >= (isUpToDate ? toldEveryMs : everyMs)) void refresh();
}, 1_000);
countDown(() => void refresh());
document.addEventListener('visibilitychange', () => {
  void refresh();
  if (!document.hidden) void alarm?.keepAwake();
});

/** What is new is told over a socket; until it is open, and without it, the page asks. */
const hear = async (): Promise<void> => {
  const [, , link] = location.pathname.split('/');
  // Where a link opens nothing there is nothing to hear of.
  if (!link || place()?.dataset.asks === '') return;
  const { openVisitLink } = await import('@antrean/shared/screen/visit-link.ts');
  const changed = (state: VisitLinkState): void => {
    isTold = state !== 'lost';
    // A server that went away is not asked by all phones in the same second.
    if (!isTold) askedAt = Date.now() - Math.random() * everyMs;
  };
  openVisitLink(link, { version: () => version, look: refresh, changed }, location.origin);
};
// Without the script, as on a bad connection, the page asks as before.
hear().catch(() => {});
