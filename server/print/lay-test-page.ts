import { dotsPerMm, type Laid, type Measure, PaperSheet, type PaperWidth } from './paper-sheet.ts';

/** What a test page says, in the order it is read. */
export interface TestPageTexts {
  readonly hall: string;
  readonly printer: string;
  /** Address and port. */
  readonly place: string;
  readonly printed: string;
  /** The same in every language: each letter of them is there or not. */
  readonly sentences: readonly string[];
  /** What to look for at the ruler. */
  readonly ruler: string;
  readonly link: string;
}

/** Lays a test page out for a roll: names, letters, a ruler from edge to edge, and a code (PAPER-8). Pure. */
export const layTestPage = (texts: TestPageTexts, paper: PaperWidth, measure: Measure): Laid => {
  const sheet = new PaperSheet(paper, measure);
  sheet.put(texts.hall, { sizes: [28, 24, 22], lines: 2 });
  sheet.put(texts.printer, { sizes: [36, 32, 28], lines: 2, isBold: true, before: 8 });
  sheet.put(texts.place, { sizes: [24, 22], lines: 1 });
  sheet.put(texts.printed, { sizes: [24, 22], lines: 1 });
  for (const text of texts.sentences) sheet.put(text, { sizes: [24, 22], lines: 3, before: 10 });
  putRuler(sheet);
  sheet.put(texts.ruler, { sizes: [22, 20], lines: 3 });
  sheet.putCode(texts.link);
  sheet.put(texts.link.replace(/^https?:\/\//, ''), { sizes: [22, 20, 18], lines: 2 });
  return sheet.laid();
};

/** Millimetres from the first dot to the last: on a roll that is too narrow, or not put in straight, an end is missing. */
const putRuler = (sheet: PaperSheet): void => {
  const top = sheet.y + 20;
  sheet.box(0, top, sheet.width, 3);
  sheet.box(0, top - 12, 3, 40);
  sheet.box(sheet.width - 3, top - 12, 3, 40);
  for (let mm = 1; mm * dotsPerMm < sheet.width; mm++) {
    const height = mm % 10 === 0 ? 26 : mm % 5 === 0 ? 18 : 10;
    sheet.box(mm * dotsPerMm, top, 2, height);
    const isNearEnd = mm * dotsPerMm > sheet.width - 20;
    if (mm % 10 === 0 && !isNearEnd) {
      sheet.write(String(mm), { size: 20, isBold: false, x: mm * dotsPerMm, baseline: top + 46 });
    }
  }
  sheet.y = top + 56;
};
