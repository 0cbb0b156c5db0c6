/** Height of a capital letter, and of a digit, of Noto Sans by its size: 714 of 1000 units of the em (OS/2 sCapHeight). */
export const capitalOfSize = 0.714;

/** EN 301 549 5.1.4: a capital H is seen under at least so many degrees from where the text is read. */
const leastDegrees = 0.7;

/** How high a capital letter must be to be read from a distance: 122 mm at 10 m. @param metres of the reader */
export const leastCapitalMm = (metres: number): number => metres * 1_000 * Math.tan((leastDegrees * Math.PI) / 180);

/** What is read on a screen, from the largest to the smallest. */
const parts = ['newest', 'recent', 'label', 'small'] as const;
export type ReadPart = (typeof parts)[number];
export type ScreenShape = 'lying' | 'upright';

/**
 * Sizes of the text on a screen of 16:9, in hundredths of its shorter side; as the styles of display/tv have them, the
 * smallest of each. A sign has no calls but its own.
 */
export const sizesOnScreen: Readonly<
  Record<'board' | 'sign', Readonly<Record<ScreenShape, Readonly<Partial<Record<ReadPart, number>>>>>>
> = {
  board: {
    lying: { newest: 25, recent: 11.2, label: 5.1, small: 3.5 },
    upright: { newest: 25, recent: 11.2, label: 5.1, small: 3.5 },
  },
  sign: {
    lying: { newest: 44, label: 7, small: 5 },
    upright: { newest: 26.5, label: 6, small: 3.6 },
  },
};

/** Until where a text can be read. */
export interface ReadableText {
  readonly part: ReadPart;
  /** Height of a capital letter, mm. */
  readonly capitalMm: number;
  /** The greatest distance at which a capital letter is seen under 0.7 degrees, m. */
  readonly upToMetres: number;
}

/** How far off the texts of a screen can be read (SCREEN-3). @param diagonalInches of the panel, of 16:9 */
export const readableTexts = (
  layout: 'board' | 'sign',
  shape: ScreenShape,
  diagonalInches: number,
): readonly ReadableText[] => {
  const shorterMm = (diagonalInches * 25.4 * 9) / Math.hypot(16, 9);
  return parts.flatMap((part) => {
    const size = sizesOnScreen[layout][shape][part];
    if (size === undefined) return [];
    const capitalMm = (shorterMm * size * capitalOfSize) / 100;
    return [{ part, capitalMm, upToMetres: capitalMm / leastCapitalMm(1) }];
  });
};
