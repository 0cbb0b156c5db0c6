import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import type { Raster } from './draw-ticket.ts';

/** What an ESC/POS printer is sent for a ticket: its picture in raster mode, and a partial cut. */
export const encodeTicket = ({ width, height, dots }: Raster): Uint8Array => {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let at = 0; at < dots.length; at++) if (dots[at] === 1) data[at * 4] = data[at * 4 + 1] = data[at * 4 + 2] = 0;
  const image = { data, width, height, colorSpace: 'srgb', pixelFormat: 'rgba-unorm8' } as const;
  return new ReceiptPrinterEncoder({ language: 'esc-pos', imageMode: 'raster', feedBeforeCut: 4 })
    .initialize()
    .image(image as never, width, height, 'threshold', 128)
    .cut('partial')
    .encode();
};
