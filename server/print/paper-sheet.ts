import { encode } from 'uqr';

/** Width of the roll in mm. */
export type PaperWidth = 58 | 80;

/** What can be printed of a roll, in dots (UX of thermal printers at 203 dpi, which is 8 dots a millimetre). */
const dotsAcross: Readonly<Record<PaperWidth, number>> = { 58: 384, 80: 576 };
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

export interface Laid {
  readonly width: number;
  readonly height: number;
  readonly pieces: readonly Piece[];
}

/** How wide a text is, in dots. */
export type Measure = (text: string, size: number, isBold: boolean) => number;

/** The code without its margin is at least 25 mm wide; the margin is four modules (ISO/IEC 18004 §9.1). */
const codeDots = 25 * dotsPerMm;
const codeMargin = 4;

export interface Style {
  /** The first of them at which the text has room in `lines` lines, else the last. */
  readonly sizes: readonly number[];
  readonly lines: number;
  readonly isBold?: boolean;
  /** Room before it. */
  readonly before?: number;
}

/** A roll on which one thing is laid beneath another. */
export class PaperSheet {
  readonly width: number;
  /** What a line may take. */
  readonly room: number;
  readonly #measure: Measure;
  readonly #pieces: Piece[] = [];
  /** How far down it is laid, in dots. */
  y = 8;

  constructor(paper: PaperWidth, measure: Measure) {
    this.width = dotsAcross[paper];
    this.room = this.width - 16;
    this.#measure = measure;
  }

  /** A text in the middle, broken where it has no room. */
  put(text: string, { sizes, lines, isBold = false, before = 0 }: Style): void {
    this.y += before;
    const fits = (part: string, at: number): boolean => this.#measure(part, at, isBold) <= this.room;
    const { size, broken } = breakToFit(text, sizes, lines, fits);
    for (const line of broken) {
      this.y += Math.round(size * 1.18);
      this.write(line, { size, isBold, x: this.width / 2, baseline: this.y - Math.round(size * 0.24) });
    }
  }

  /** A text at its place, the middle of the line at `x`. */
  write(text: string, at: { size: number; isBold: boolean; x: number; baseline: number }): void {
    this.#pieces.push({ kind: 'text', text, ...at, maxWidth: this.room });
  }

  box(x: number, y: number, width: number, height: number): void {
    this.#pieces.push({ kind: 'box', x, y, width, height });
  }

  /** A code that a phone reads, in the middle. */
  putCode(link: string): void {
    const { data, size } = encode(link, { ecc: 'M', border: 0 });
    const dot = Math.ceil(codeDots / size);
    const left = Math.floor((this.width - size * dot) / 2);
    this.y += codeMargin * dot;
    for (const [row, cells] of data.entries()) {
      for (const [column, isDark] of cells.entries()) {
        if (isDark) this.box(left + column * dot, this.y + row * dot, dot, dot);
      }
    }
    this.y += (size + codeMargin) * dot;
  }

  laid(): Laid {
    // Printers take whole bytes; the encoder wants eights in both directions.
    return { width: this.width, height: Math.ceil((this.y + 8) / 8) * 8, pieces: this.#pieces };
  }
}

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
