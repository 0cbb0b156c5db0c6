import { createRequire } from 'node:module';
import type * as canvasPackage from '@napi-rs/canvas';
import { type LaidTicket, layTicket, type Measure, type PaperWidth, type TicketTexts } from './lay-ticket.ts';

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
  readonly #pen: canvasPackage.SKRSContext2D;

  private constructor(canvas: Canvas) {
    this.#canvas = canvas;
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

  /** A picture of it, PNG. */
  async picture({ width, height, dots }: Raster): Promise<Buffer> {
    const canvas = this.#canvas.createCanvas(width, height);
    const pen = canvas.getContext('2d');
    const image = pen.createImageData(width, height);
    for (const [at, isBlack] of dots.entries()) image.data.set(isBlack ? [0, 0, 0, 255] : [255, 255, 255, 255], at * 4);
    pen.putImageData(image, 0, 0);
    return canvas.encode('png');
  }

  #blacken({ width, height, pieces }: LaidTicket): Raster {
    const pen = this.#canvas.createCanvas(width, height).getContext('2d');
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
    const { data } = pen.getImageData(0, 0, width, height);
    return { width, height, dots: Uint8Array.from({ length: width * height }, (_, at) => Number(data[at * 4]! < 128)) };
  }
}

const scripts = ['latin', 'latin-ext', 'cyrillic'] as const;
const familyOf = (script: string, weight: number): string => `Ticket ${script} ${weight}`;
const fontOf = (size: number, isBold: boolean): string =>
  `${size}px ${scripts.map((script) => `"${familyOf(script, isBold ? 700 : 400)}"`).join(', ')}`;
