/** What stands for the address of a printer at the kiosk's own USB: no server reaches that (PAPER-10). */
export const usbAddress = 'usb';

/** Whether tickets come out of a printer only where the kiosk itself sends them. */
export const isAtKiosk = ({ address }: { readonly address?: string }): boolean => address === usbAddress;
