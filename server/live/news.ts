/** What is told after each write into a branch's feed: who wrote it, and up to which version. */
export interface News {
  readonly writer: string;
  readonly version: number;
}

export const newsOf = ({ writer, version }: News): string => `${writer} ${version}`;

export const readNews = (message: string): News | undefined => {
  const [writer = '', version = ''] = message.split(' ');
  return /^\d+$/.test(version) ? { writer, version: Number(version) } : undefined;
};
