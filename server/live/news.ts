import { type ShownCall, ShownCalls } from '@antrean/shared/protocol/shown-calls.ts';
import { Value } from 'typebox/value';

/** What nodes tell each other about a branch. */
export interface News {
  readonly writer: string;
  /**
   * Up to which version the feed was written; `turn`: the writer asks the others to pause, for it never is first; `help`:
   * other kiosks call staff than before; `alerts`: other alerts stand; or on how many of its TVs each call is to be seen (SHOW-9).
   */
  readonly word: number | 'turn' | 'help' | 'alerts' | readonly ShownCall[];
}

export const newsOf = ({ writer, word }: News): string =>
  `${writer} ${typeof word === 'object' ? JSON.stringify(word) : word}`;

export const readNews = (message: string): News | undefined => {
  const [writer = '', word = ''] = message.split(' ');
  if (word === 'turn' || word === 'help' || word === 'alerts') return { writer, word };
  if (word.startsWith('[')) return readShown(writer, word);
  return /^\d+$/.test(word) ? { writer, word: Number(word) } : undefined;
};

/** JSON without a blank in it: ids and numbers alone. */
const readShown = (writer: string, text: string): News | undefined => {
  try {
    const calls: unknown = JSON.parse(text);
    return Value.Check(ShownCalls, calls) ? { writer, word: calls } : undefined;
  } catch {
    return undefined;
  }
};
