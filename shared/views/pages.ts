/** Cuts a list into pages of at most `size`, all but the last of them full; an empty list has one empty page. */
export const pagesOf = <T>(list: readonly T[], size: number): T[][] => {
  const pages: T[][] = [];
  for (let from = 0; from < Math.max(1, list.length); from += size) pages.push(list.slice(from, from + size));
  return pages;
};
