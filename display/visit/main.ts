import '@antrean/shared/tokens.css';
import './visit.css';

/** How often the page asks how the ticket stands while somebody may look at it, ms. */
const everyMs = 10_000;
/** From then on what is shown may be wrong, and says so, ms. */
const staleAfterMs = 30_000;

let shownAt = Date.now();
let isAsking = false;

const place = (): HTMLElement | null => document.querySelector('main');

/**
 * The server writes the page, so that it works without this script; with it the part that changes is fetched anew, and
 * what a visitor is about to do is left alone: then only a change of how the ticket stands is told.
 */
const refresh = async (): Promise<void> => {
  const asks = place()?.dataset.asks;
  // Where something is asked, the address of how the ticket stands; empty where there is none.
  const address = asks ?? location.href;
  if (isAsking || document.hidden || address === '') return;
  isAsking = true;
  try {
    const response = await fetch(address, { headers: { accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fresh = page.querySelector('main');
    // Too many tries, or a server that is starting: what is shown stands until there is an answer.
    if (!fresh || (!response.ok && response.status !== 404)) return;
    if (asks !== undefined) tell(fresh);
    else show(fresh, page.title);
  } catch {
    // No connection: tried again in a moment.
  } finally {
    isAsking = false;
    place()?.classList.toggle('stale', asks === undefined && Date.now() - shownAt > staleAfterMs);
  }
};

/** Whoever is typing must not miss their turn. */
const tell = (fresh: HTMLElement): void => {
  const shown = place();
  const state = fresh.querySelector('#state')?.textContent;
  if (!shown || !state || shown.dataset.status === fresh.dataset.status) return;
  shown.dataset.status = fresh.dataset.status;
  document.getElementById('news')?.remove();
  const news = document.createElement('p');
  news.id = 'news';
  news.className = 'notice';
  news.setAttribute('role', 'alert');
  news.textContent = state;
  shown.prepend(news);
};

const show = (fresh: HTMLElement, title: string): void => {
  shownAt = Date.now();
  document.title = title;
  const shown = place();
  if (!shown || shown.innerHTML === fresh.innerHTML) return;
  // Whoever stands on a button with the keyboard stays there.
  const focused = document.activeElement?.id;
  shown.replaceWith(document.importNode(fresh, true));
  if (focused) document.getElementById(focused)?.focus();
};

setInterval(() => void refresh(), everyMs);
document.addEventListener('visibilitychange', () => void refresh());
