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
 * what a visitor is about to do is left alone.
 */
const refresh = async (): Promise<void> => {
  if (isAsking || document.hidden || place()?.dataset.asks !== undefined) return;
  isAsking = true;
  try {
    const response = await fetch(location.href, { headers: { accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fresh = page.querySelector('main');
    // Too many tries, or a server that is starting: what is shown stands until there is an answer.
    if (!fresh || (!response.ok && response.status !== 404)) return;
    show(fresh, page.title);
  } catch {
    // No connection: tried again in a moment.
  } finally {
    isAsking = false;
    place()?.classList.toggle('stale', Date.now() - shownAt > staleAfterMs);
  }
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
