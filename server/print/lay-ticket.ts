import { capitalOfSize } from '@antrean/shared/views/readable-size.ts';
import { type Laid, type Measure, PaperSheet, type PaperWidth, dotsPerMm } from './paper-sheet.ts';

/** What a ticket says on paper, in the order it is read; of several languages the visitor's comes first. */
export interface TicketTexts {
  /** That it is not the first one; absent: it is. */
  readonly copy?: readonly string[];
  readonly hall: string;
  readonly services: readonly string[];
  readonly number: string;
  /** How many are before it and how long it may take, for each language. */
  readonly standing: readonly (readonly string[])[];
  /** When it was given. */
  readonly issued: string;
  /** Of the ticket's own page, as a phone opens it. */
  readonly link: string;
  readonly next: readonly string[];
  readonly footer: readonly string[];
}

/** Capitals of the number: 20 mm, and on the narrow roll 18.5 mm. */
const numberDots: Readonly<Record<PaperWidth, number>> = { 58: 148, 80: 160 };
/** What comes out is to be shorter than this: 120 mm. */
const maxHeight = 120 * dotsPerMm - 8;

/**
 * Lays a ticket out for a roll: every piece with its place (PAPER-2). Where it would be longer than 120 mm, what is said in
 * the second language and the footer give way, the least needed first. Pure.
 */
export const layTicket = (texts: TicketTexts, paper: PaperWidth, measure: Measure): Laid => {
  let left = texts;
  let laid = layAll(left, paper, measure);
  for (const less of givingWay) {
    if (laid.height <= maxHeight) break;
    left = { ...left, ...less(left) };
    laid = layAll(left, paper, measure);
  }
  return laid;
};

const givingWay: readonly ((texts: TicketTexts) => Partial<TicketTexts>)[] = [
  () => ({ footer: [] }),
  ({ next }) => ({ next: next.slice(0, 1) }),
  ({ standing }) => ({ standing: standing.slice(0, 1) }),
  ({ services }) => ({ services: services.slice(0, 1) }),
];

const layAll = (texts: TicketTexts, paper: PaperWidth, measure: Measure): Laid => {
  const sheet = new PaperSheet(paper, measure);
  for (const text of texts.copy ?? []) sheet.put(text, { sizes: [34, 30, 26], lines: 1, isBold: true });
  if (texts.copy) {
    sheet.y += 8;
    sheet.box(8, sheet.y, sheet.room, 3);
    sheet.y += 4;
  }
  sheet.put(texts.hall, { sizes: [28, 24, 22], lines: 1 });
  for (const [index, text] of texts.services.entries()) {
    sheet.put(
      text,
      index === 0 ? { sizes: [36, 32, 28, 26], lines: 2, isBold: true, before: 8 } : { sizes: [22, 20], lines: 2 },
    );
  }
  putNumber(sheet, texts.number, numberDots[paper]);
  for (const text of texts.standing[0] ?? []) sheet.put(text, { sizes: [28, 26, 24], lines: 1, isBold: true });
  for (const others of texts.standing.slice(1)) sheet.put(others.join(' · '), { sizes: [22, 20], lines: 1 });
  sheet.put(texts.issued, { sizes: [24, 22], lines: 1, before: 4 });
  sheet.putCode(texts.link);
  sheet.put(texts.link.replace(/^https?:\/\//, ''), { sizes: [22, 20, 18], lines: 1 });
  for (const [index, text] of texts.next.entries()) {
    sheet.put(text, {
      sizes: index === 0 ? [26, 24] : [22],
      lines: 2,
      isBold: index === 0,
      before: index === 0 ? 8 : 2,
    });
  }
  for (const text of texts.footer) sheet.put(text, { sizes: [20], lines: 1, before: 4 });
  return sheet.laid();
};

const putNumber = (sheet: PaperSheet, number: string, dots: number): void => {
  sheet.y += 18 + dots;
  sheet.write(number, { size: dots / capitalOfSize, isBold: true, x: sheet.width / 2, baseline: sheet.y });
  sheet.y += 12;
};
