import type { SpokenControl } from '@antrean/shared/views/spoken-page.ts';

/** What a visitor can act on now: the page, or the question that lies on top of it. */
export const topOfPage = (): Element =>
  [...document.querySelectorAll('dialog[open]')].pop() ?? document.querySelector('.kiosk') ?? document.body;

/** What can be chosen there, in order; what is on the page itself comes before what every page has. */
export const controlsIn = (top: Element): HTMLButtonElement[] => {
  const all = [...top.querySelectorAll<HTMLButtonElement>('button:enabled')].filter(isShown);
  const isOfEveryPage = (button: Element): boolean => button.closest('header') !== null;
  return [...all.filter((one) => !isOfEveryPage(one)), ...all.filter(isOfEveryPage)];
};

export const controlOf = (button: HTMLButtonElement, controls: readonly HTMLButtonElement[]): SpokenControl => {
  const pressed = button.getAttribute('aria-pressed');
  return {
    texts: textsOf(button, true),
    isOn: pressed === null ? undefined : pressed === 'true',
    isShut: button.getAttribute('aria-disabled') === 'true',
    at: controls.indexOf(button) + 1,
    of: controls.length,
  };
};

/** The texts of a page that can not be chosen, in order. */
export const pageTexts = (top: Element): string[] => textsOf(top.querySelector('main') ?? top, false);

/** The texts that a page has changed by itself since, such as how a request stands. */
export const statusTexts = (top: Element): string[] =>
  [...top.querySelectorAll('[role=status], [role=alert], [aria-live=polite]')].flatMap((each) => textsOf(each, false));

/** What was typed with the keys of the screen so far. */
export const typedIn = (top: Element): string => top.querySelector('.typed bdi')?.textContent ?? '';

/** Each text by itself, as it stands in its element: nobody would hear where one ends and another begins. */
const textsOf = (element: Element, hasButtons: boolean): string[] =>
  [...element.childNodes].flatMap((node): string[] => {
    if (node instanceof Text) return node.data.trim() === '' ? [] : [node.data.trim().replace(/\s+/g, ' ')];
    if (!(node instanceof HTMLElement) || node.getAttribute('aria-hidden') === 'true' || node.matches('iframe'))
      return [];
    return node.matches('button') && !hasButtons ? [] : textsOf(node, hasButtons);
  });

const isShown = (button: HTMLElement): boolean => button.getClientRects().length > 0;
