import { kioskRefusals } from '@antrean/shared/locales/is-public-text.ts';
import type { MessageValues, Translate } from '@antrean/shared/locales/translate.ts';
import type { Problem } from '@antrean/shared/protocol/problem.ts';

/** Why there is no number, in the language of the page; what the page has no words for as the server said it. */
export const sayRefusal = (say: Translate, { code, message, details }: Problem): string => {
  const key = kioskRefusals.find((each) => each === `refusal.${code}`);
  return key ? say(key, details as MessageValues) : message;
};
