/** What is used of the library, which brings no types of its own. */
declare module '@point-of-sale/webusb-receipt-printer' {
  export default class WebUSBReceiptPrinter {
    /** Asks whoever touches the screen for a printer and opens it. Failures are only logged: `connected` tells success. */
    connect(): Promise<void>;
    /** Opens one that is allowed; rejects when it cannot be opened. */
    reconnect(device: UsbDevice): Promise<void>;
    /** Begins to read what the printer answers. */
    listen(): Promise<true | undefined>;
    /** Never rejects, and does not say whether the printer took it. */
    print(bytes: Uint8Array): Promise<void>;
    disconnect(): Promise<void>;
    addEventListener(name: 'connected', listener: (printer: { language: string }) => void): void;
    addEventListener(name: 'data', listener: (data: DataView) => void): void;
    addEventListener(name: 'disconnected', listener: () => void): void;
  }
}

/** What is used of WebUSB, which the types of browsers do not have. */
interface UsbDevice {
  readonly serialNumber?: string;
}

interface Navigator {
  /** Absent without TLS, and in other browsers than Chromium. */
  readonly usb?: EventTarget & {
    /** Those that somebody at this screen, or the policy of the machine, allowed. */
    getDevices(): Promise<UsbDevice[]>;
  };
}
