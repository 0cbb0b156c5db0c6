import { isIP } from 'node:net';
import type { PaperWidth } from './lay-ticket.ts';

export interface PrinterAddress {
  readonly host: string;
  readonly port: number;
}

export interface Printer extends PrinterAddress {
  readonly branchId: string;
  /** Of the kiosks in this area alone; `null`: of all others of the hall. */
  readonly area: string | null;
  readonly paper: PaperWidth;
}

/** Where network printers listen. */
const usualPort = 9_100;
const shape = /^([A-Za-z0-9][\w.-]*)(?:\/([^=@]+))?=(\[[0-9a-f:.]+\]|[0-9.]+)(?::(\d{1,5}))?(?:@(58|80))?$/i;

/**
 * The printers of an installation, `HALL=ADDRESS`, `HALL/AREA=ADDRESS:PORT@58` and so on with commas between them. These
 * addresses and no others are ever connected to (PAPER-5): numbers, so that no name can lead elsewhere later. Throws a
 * `RangeError` that names no value when one is not right.
 */
export const readPrinters = (list: string | undefined): readonly Printer[] =>
  (list ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter(Boolean)
    .map((text) => {
      const [, branchId = '', area, bracketed = '', port, paper] = shape.exec(text) ?? [];
      const host = bracketed.replace(/^\[|\]$/g, '');
      const number = Number(port ?? usualPort);
      if (isIP(host) === 0 || number < 1 || number > 65_535) throw new RangeError('not a printer');
      return { branchId, area: area ?? null, host, port: number, paper: paper === '58' ? 58 : 80 };
    });

/** The printer for a kiosk: that of its area, else that of the hall. */
export const printerFor = (
  printers: readonly Printer[],
  branchId: string,
  area: string | null,
): Printer | undefined => {
  const ofHall = printers.filter((printer) => printer.branchId === branchId);
  return (
    ofHall.find((printer) => printer.area !== null && printer.area === area) ??
    ofHall.find(({ area: of }) => of === null)
  );
};
