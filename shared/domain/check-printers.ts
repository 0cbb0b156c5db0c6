import type { BlueprintFault } from './blueprint-fault.ts';
import { list, record } from './draft.ts';
import { isAtKiosk } from './usb-address.ts';

/** A printer stands at a number, as no name can lead elsewhere later (PAPER-5), or at the kiosk's own USB (PAPER-10). */
export const checkPrinters = (draft: unknown): BlueprintFault[] =>
  list(record(draft)['printers']).flatMap((printer, index): BlueprintFault[] => {
    const { address } = record(printer);
    if (typeof address !== 'string' || isAtKiosk({ address }) || isNumeric(address)) return [];
    const message = `"${address}" is no address in numbers: write one such as 192.168.1.50 or fd00::50, or usb`;
    return [{ path: ['printers', index, 'address'], code: 'ADDRESS_NOT_NUMERIC', message }];
  });

const isNumeric = (address: string): boolean =>
  address.includes(':') ? /^[0-9a-f:.]+$/i.test(address) && URL.canParse(`http://[${address}]`) : isVersion4(address);

/** Without leading zeros, which some programs read as octal. */
const isVersion4 = (address: string): boolean => {
  const parts = address.split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
};
