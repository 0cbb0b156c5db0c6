/** Cuts a list into pages of at most `size`, all but the last of them full; an empty list has one empty page. */
export const pagesOf = <T>(list: readonly T[], size: number): T[][] => {
  const pages: T[][] = [];
  for (let from = 0; from < Math.max(1, list.length); from += size) pages.push(list.slice(from, from + size));
  return pages;
};

/**
 * Puts two neighbours on a page where they have room side by side, else each on one of its own.
 *
 * @param room what the sizes of both may come to together
 */
export const pairsThatFit = <T>(list: readonly T[], sizeOf: (item: T) => number, room: number): T[][] => {
  const pages: T[][] = [];
  let left = 0;
  for (const item of list) {
    const page = pages[pages.length - 1];
    const size = sizeOf(item);
    if (page?.length === 1 && size <= left) page.push(item);
    else {
      pages.push([item]);
      left = room - size;
    }
  }
  return pages;
};
