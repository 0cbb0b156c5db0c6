import { createRequire } from 'node:module';
import type * as canvasPackage from '@napi-rs/canvas';
import { layTestPage, type TestPageTexts } from './lay-test-page.ts';
import { layTicket, type TicketTexts } from './lay-ticket.ts';
import type { Laid, Measure, PaperWidth } from './paper-sheet.ts';

/** Black and white, a byte for each dot (1: black), row by row. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly dots: Uint8Array;
}

type Canvas = typeof canvasPackage;

/** Draws tickets with any letters; the drawing library is a binary that not every machine has. */
export class TicketPrinter {
  readonly #canvas: Canvas;
  readonly #sheet: canvasPackage.Canvas;
  readonly #picture: canvasPackage.Canvas;
  #lastPicture: Promise<unknown> = Promise.resolve();
  readonly #pen: canvasPackage.SKRSContext2D;

  private constructor(canvas: Canvas) {
    this.#canvas = canvas;
    this.#sheet = canvas.createCanvas(8, 8);
    this.#picture = canvas.createCanvas(8, 8);
    this.#pen = canvas.createCanvas(8, 8).getContext('2d');
    const require = createRequire(import.meta.url);
    for (const script of scripts) {
      for (const weight of [400, 700] as const) {
        const file = require.resolve(`@fontsource/noto-sans/files/noto-sans-${script}-${weight}-normal.woff2`);
        canvas.GlobalFonts.registerFromPath(file, familyOf(script, weight));
      }
    }
  }

  /** @returns `null` where the drawing library is not there: tickets are then shown and not printed */
  static async load(): Promise<TicketPrinter | null> {
    try {
      return new TicketPrinter(await import('@napi-rs/canvas'));
    } catch {
      return null;
    }
  }

  /** How wide a text is on a ticket. */
  readonly measure: Measure = (text, size, isBold) => {
    this.#pen.font = fontOf(size, isBold);
    return this.#pen.measureText(text).width;
  };

  /** The ticket as a printer burns it: no grey. */
  draw(texts: TicketTexts, paper: PaperWidth): Raster {
    return this.#blacken(layTicket(texts, paper, this.measure));
  }

  /** The same of a test page. */
  drawTest(texts: TestPageTexts, paper: PaperWidth): Raster {
    return this.#blacken(layTestPage(texts, paper, this.measure));
  }

  /** A picture of it, PNG. One after another: they are drawn on the same sheet, lest memory fills with those of before. */
  picture(raster: Raster): Promise<Buffer> {
    const drawn = this.#lastPicture.then(() => this.#encode(raster));
    this.#lastPicture = drawn.catch(() => {});
    return drawn;
  }

  #encode({ width, height, dots }: Raster): Promise<Buffer> {
    const pen = sheetOf(this.#picture, width, height);
    // A dot at once: half a million of them take milliseconds so, and a tenth of a second by single colours.
    const pixels = new Uint32Array(dots.length);
    for (let at = 0; at < dots.length; at++) pixels[at] = dots[at] === 1 ? black : white;
    pen.putImageData(new this.#canvas.ImageData(new Uint8ClampedArray(pixels.buffer), width, height), 0, 0);
    return this.#picture.encode('png');
  }

  #blacken({ width, height, pieces }: Laid): Raster {
    const pen = sheetOf(this.#sheet, width, height);
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, width, height);
    pen.fillStyle = '#000';
    pen.textAlign = 'center';
    for (const piece of pieces) {
      if (piece.kind === 'box') pen.fillRect(piece.x, piece.y, piece.width, piece.height);
      else {
        pen.font = fontOf(piece.size, piece.isBold);
        pen.fillText(piece.text, piece.x, piece.baseline, piece.maxWidth);
      }
    }
    const data = this.#sheet.data();
    const dots = new Uint8Array(width * height);
    for (let at = 0; at < dots.length; at++) dots[at] = data[at * 4]! < 128 ? 1 : 0;
    return { width, height, dots };
  }
}

/** The same sheet, emptied and of another size. */
const sheetOf = (canvas: canvasPackage.Canvas, width: number, height: number): canvasPackage.SKRSContext2D => {
  canvas.width = width;
  canvas.height = height;
  return canvas.getContext('2d');
};

/** Of a picture's dots, whichever end comes first. */
const white = 0xffff_ffff;
const black = new Uint32Array(Uint8Array.of(0, 0, 0, 255).buffer)[0]!;

const scripts = ['latin', 'latin-ext', 'cyrillic'] as const;
const familyOf = (script: string, weight: number): string => `Ticket ${script} ${weight}`;
const fontOf = (size: number, isBold: boolean): string =>
  `${size}px ${scripts.map((script) => `"${familyOf(script, isBold ? 700 : 400)}"`).join(', ')}`;
