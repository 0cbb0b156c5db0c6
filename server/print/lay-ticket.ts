import { capitalOfSize } from '@antrean/shared/views/readable-size.ts';
import { encode } from 'uqr';

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

/** Width of the roll in mm. */
export type PaperWidth = 58 | 80;

/** What can be printed of a roll, in dots (UX of thermal printers at 203 dpi, which is 8 dots a millimetre). */
export const dotsAcross: Readonly<Record<PaperWidth, number>> = { 58: 384, 80: 576 };
export const dotsPerMm = 8;

/** Something at its place, in dots from the upper left. */
export type Piece =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly size: number;
      readonly isBold: boolean;
      /** Of the middle of the line. */
      readonly x: number;
      readonly baseline: number;
      /** What is wider is pressed together until it fits. */
      readonly maxWidth: number;
    }
  | { readonly kind: 'box'; readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export interface LaidTicket {
  readonly width: number;
  readonly height: number;
  readonly pieces: readonly Piece[];
}

/** How wide a text is, in dots. */
export type Measure = (text: string, size: number, isBold: boolean) => number;

/** Capitals of the number: 20 mm, and on the narrow roll 18.5 mm. */
const numberDots: Readonly<Record<PaperWidth, number>> = { 58: 148, 80: 160 };
/** The code without its margin is at least 25 mm wide; the margin is four modules (ISO/IEC 18004 §9.1). */
const codeDots = 25 * dotsPerMm;
const codeMargin = 4;

interface Style {
  /** The first of them at which the text has room in `lines` lines, else the last. */
  readonly sizes: readonly number[];
  readonly lines: number;
  readonly isBold?: boolean;
  /** Room before it. */
  readonly before?: number;
}

/** What comes out is to be shorter than this: 120 mm. */
const maxHeight = 120 * dotsPerMm - 8;

/**
 * Lays a ticket out for a roll: every piece with its place (PAPER-2). Where it would be longer than 120 mm, what is said in
 * the second language and the footer give way, the least needed first. Pure.
 */
export const layTicket = (texts: TicketTexts, paper: PaperWidth, measure: Measure): LaidTicket => {
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

const layAll = (texts: TicketTexts, paper: PaperWidth, measure: Measure): LaidTicket => {
  const width = dotsAcross[paper];
  const room = width - 16;
  const pieces: Piece[] = [];
  let y = 8;

  const put = (text: string, { sizes, lines, isBold = false, before = 0 }: Style): void => {
    y += before;
    const { size, broken } = breakToFit(text, sizes, lines, (part, at) => measure(part, at, isBold) <= room);
    for (const line of broken) {
      y += Math.round(size * 1.18);
      const baseline = y - Math.round(size * 0.24);
      pieces.push({ kind: 'text', text: line, size, isBold, x: width / 2, baseline, maxWidth: room });
    }
  };
  const box = (x: number, top: number, wide: number, high: number): void => {
    pieces.push({ kind: 'box', x, y: top, width: wide, height: high });
  };
  const putNumber = (): void => {
    const dots = numberDots[paper];
    y += 18 + dots;
    const size = dots / capitalOfSize;
    pieces.push({ kind: 'text', text: texts.number, size, isBold: true, x: width / 2, baseline: y, maxWidth: room });
    y += 12;
  };
  const putCode = (): void => {
    const { data, size } = encode(texts.link, { ecc: 'M', border: 0 });
    const dot = Math.ceil(codeDots / size);
    const left = Math.floor((width - size * dot) / 2);
    y += codeMargin * dot;
    for (const [row, cells] of data.entries()) {
      for (const [column, isDark] of cells.entries()) if (isDark) box(left + column * dot, y + row * dot, dot, dot);
    }
    y += (size + codeMargin) * dot;
  };

  for (const text of texts.copy ?? []) put(text, { sizes: [34, 30, 26], lines: 1, isBold: true });
  if (texts.copy) {
    y += 8;
    box(8, y, room, 3);
    y += 4;
  }
  put(texts.hall, { sizes: [28, 24, 22], lines: 1 });
  for (const [index, text] of texts.services.entries()) {
    put(
      text,
      index === 0 ? { sizes: [36, 32, 28, 26], lines: 2, isBold: true, before: 8 } : { sizes: [22, 20], lines: 2 },
    );
  }
  putNumber();
  for (const text of texts.standing[0] ?? []) put(text, { sizes: [28, 26, 24], lines: 1, isBold: true });
  for (const others of texts.standing.slice(1)) put(others.join(' · '), { sizes: [22, 20], lines: 1 });
  put(texts.issued, { sizes: [24, 22], lines: 1, before: 4 });
  putCode();
  put(texts.link.replace(/^https?:\/\//, ''), { sizes: [22, 20, 18], lines: 1 });
  for (const [index, text] of texts.next.entries()) {
    put(text, { sizes: index === 0 ? [26, 24] : [22], lines: 2, isBold: index === 0, before: index === 0 ? 8 : 2 });
  }
  for (const text of texts.footer) put(text, { sizes: [20], lines: 1, before: 4 });
  // Printers take whole bytes; the encoder wants eights in both directions.
  return { width, height: Math.ceil((y + 8) / 8) * 8, pieces };
};

const breakToFit = (
  text: string,
  sizes: readonly number[],
  lines: number,
  fits: (part: string, size: number) => boolean,
): { size: number; broken: string[] } => {
  for (const size of sizes) {
    const broken = breakText(text, (part) => fits(part, size));
    if (broken.length <= lines || size === sizes.at(-1)) return { size, broken };
  }
  return { size: 0, broken: [] };
};

/** Breaks between words, and inside of one that has no room in a line of its own, such as an address. */
const breakText = (text: string, fits: (part: string) => boolean): string[] => {
  const broken: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line !== '') broken.push(line);
    line = '';
    for (const letter of word) {
      if (line !== '' && !fits(line + letter)) {
        broken.push(line);
        line = '';
      }
      line += letter;
    }
  }
  return line === '' ? broken : [...broken, line];
};
