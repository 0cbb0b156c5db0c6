/** Which of the nine means of a survey are the lowest, by place; none where all are alike (SURVEY-5). */
export const lowestElements = (nrr: readonly number[]): ReadonlySet<number> => {
  const least = Math.min(...nrr);
  const places = nrr.flatMap((mean, place) => (mean === least ? [place] : []));
  return new Set(places.length === nrr.length ? [] : places);
};
