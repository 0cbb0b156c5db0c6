import { type ShownCall, ShownCalls } from '@antrean/shared/protocol/shown-calls.ts';
import { Value } from 'typebox/value';

/** What nodes tell each other about a branch. */
export interface News {
  readonly writer: string;
  /**
   * Up to which version the feed was written; `turn`: the writer asks the others to pause, for it never is first; `help`:
   * other kiosks call staff than before; or on how many of its TVs each call is to be seen (SHOW-9).
   */
  readonly version: number | 'turn' | 'help' | readonly ShownCall[];
}

export const newsOf = ({ writer, version }: News): string =>
  `${writer} ${typeof version === 'object' ? JSON.stringify(version) : version}`;

export const readNews = (message: string): News | undefined => {
  const [writer = '', version = ''] = message.split(' ');
  if (version === 'turn' || version === 'help') return { writer, version };
  if (version.startsWith('[')) return readShown(writer, version);
  return /^\d+$/.test(version) ? { writer, version: Number(version) } : undefined;
};

/** JSON without a blank in it: ids and numbers alone. */
const readShown = (writer: string, text: string): News | undefined => {
  try {
    const calls: unknown = JSON.parse(text);
    return Value.Check(ShownCalls, calls) ? { writer, version: calls } : undefined;
  } catch {
    return undefined;
  }
};
