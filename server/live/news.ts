/** What nodes tell each other about a branch. */
export interface News {
  readonly writer: string;
  /**
   * Up to which version the feed was written; `turn`: the writer asks the others to pause, for it never is first; `help`:
   * other kiosks call staff than before.
   */
  readonly version: number | 'turn' | 'help';
}

export const newsOf = ({ writer, version }: News): string => `${writer} ${version}`;

export const readNews = (message: string): News | undefined => {
  const [writer = '', version = ''] = message.split(' ');
  if (version === 'turn' || version === 'help') return { writer, version };
  return /^\d+$/.test(version) ? { writer, version: Number(version) } : undefined;
};
