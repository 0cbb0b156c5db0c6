import type { Speech } from '@antrean/shared/screen/speech.svelte.ts';
import { sayControl, sayPage, type SpokenKey, spokenKey, stepTo } from '@antrean/shared/views/spoken-page.ts';
import { on } from 'svelte/events';
import { KioskVoice } from './kiosk-voice.ts';
import { controlOf, controlsIn, pageTexts, statusTexts, topOfPage, typedIn } from './read-page.ts';

/** A page is made of many changes: it is read when they have come to rest, ms. */
const restMs = 120;

/**
 * Reads the kiosk to a visitor who does not see it (SPOKEN-1): each page as it comes, each control as it gets the focus.
 * It looks at what the pages show, so that no page has to know of it.
 *
 * @param mirror told the same, for a screen reader
 * @returns ends it
 */
export const speakPages = (speech: Speech, touched: () => void, mirror: (text: string) => void): (() => void) => {
  const { say } = speech;
  const voice = new KioskVoice();
  let spoken: readonly string[] = [];
  let isFirst = true;
  let place = '';
  let status: readonly string[] = [];
  let typed = '';
  let quietFocus: Element | null = null;
  const startedAt = performance.now();

  const tell = (texts: readonly string[]): void => {
    spoken = texts;
    mirror(texts.join('. '));
    void voice.say(texts, speech.language, say('kiosk.spokenUnsaid'));
  };
  const focusedIn = (controls: readonly HTMLButtonElement[]): HTMLButtonElement | undefined =>
    controls.find((control) => control === document.activeElement);

  const look = (): void => {
    const top = topOfPage();
    const controls = controlsIn(top);
    // A page is another one when its heading is, and in another language, too.
    const now = [speech.language, top.getAttribute('data-step'), headingOf(top)].join();
    const isNew = now !== place;
    const texts = statusTexts(top);
    const news = [...echoOf(typed, typedIn(top)), ...texts.filter((text) => !status.includes(text))];
    [place, status, typed] = [now, texts, typedIn(top)];
    const kept = focusedIn(controls);
    if (!isNew && kept) return news.length > 0 ? tell(news) : undefined;
    const first = kept?.closest('header') ? kept : controls[0];
    // It is said with the page, or with the news, and not by itself as well.
    quietFocus = first === document.activeElement ? null : (first ?? null);
    first?.focus();
    const control = first ? controlOf(first, controls) : null;
    if (isNew) tell(sayPage(say, { texts: pageTexts(top), choices: controls.length, isFirst }, control));
    else if (control) tell([...news, ...sayControl(say, control)]);
    isFirst = false;
  };

  let resting: ReturnType<typeof setTimeout> | undefined;
  const observer = new MutationObserver(() => {
    clearTimeout(resting);
    resting = setTimeout(look, restMs);
  });
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ['data-step', 'open', 'lang'],
  });

  const acts: Readonly<Record<SpokenKey, () => void>> = {
    next: () => move('next'),
    previous: () => move('previous'),
    repeat: () => tell(spoken),
    back: () => topOfPage().querySelector<HTMLButtonElement>('[data-back]')?.click(),
    louder: () => change(1),
    softer: () => change(-1),
  };
  const move = (to: 'next' | 'previous'): void => {
    const controls = controlsIn(topOfPage());
    const focused = focusedIn(controls);
    controls[stepTo(focused ? controls.indexOf(focused) : -1, controls.length, to)]?.focus();
  };
  const change = (by: 1 | -1): void => {
    voice.changeVolume(by);
    tell([say('kiosk.spokenVolume', { percent: voice.volume })]);
  };

  const held = [
    on(
      window,
      'keydown',
      (event) => {
        const key = spokenKey(event.key);
        if (!key) return;
        event.preventDefault();
        event.stopPropagation();
        touched();
        acts[key]();
      },
      { capture: true },
    ),
    on(document, 'focusin', ({ target }) => {
      if (!(target instanceof HTMLButtonElement) || target === quietFocus) return void (quietFocus = null);
      tell(sayControl(say, controlOf(target, controlsIn(topOfPage()))));
    }),
    // One that is chosen where it stands says what it is now; the touch that began this has the whole page to say.
    on(document, 'click', ({ target, timeStamp }) => {
      if (timeStamp < startedAt) return;
      const button = target instanceof Element ? target.closest<HTMLButtonElement>('button[aria-pressed]') : null;
      if (!button) return;
      setTimeout(() => button.isConnected && tell(sayControl(say, controlOf(button, controlsIn(topOfPage())))), restMs);
    }),
  ];
  look();
  return () => {
    clearTimeout(resting);
    observer.disconnect();
    for (const letGo of held) letGo();
    voice.silence();
    mirror('');
  };
};

const headingOf = (top: Element): string => top.querySelector('h1, h2')?.textContent?.trim() ?? '';

/** Whoever types hears the sign that was put in, and of one taken away the one that is last now. */
const echoOf = (before: string, now: string): string[] =>
  before === now || now === '' ? [] : now.trim().slice(-1).split('');
