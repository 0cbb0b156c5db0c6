import { connect, type Socket } from 'node:net';
import type { Page } from 'playwright-core';

/** What of a USB printer a page can be told. */
export interface FakeUsb {
  /** Plugs the printer in, or out. */
  plug(isThere: boolean): Promise<void>;
  /** Whether the page was allowed to use it: by a touch, or by policy. */
  isAllowed(): Promise<boolean>;
}

/** How the machine is that the page runs on. */
export interface FakeMachine {
  /** Where a fake printer takes what the page writes. */
  readonly port: number;
  /** Whether the machine's policy, or an earlier touch, allows the printer. */
  readonly isAllowed?: boolean;
  /** Whether another program holds it. */
  readonly isHeld?: boolean;
}

/**
 * Gives a page that has not been opened yet a USB with one printer, as Chromium without one has none: the interface is
 * WebUSB's, and what is written goes to a fake printer on loopback, whose answers come back.
 */
export const plugInUsb = async (
  page: Page,
  { port, isAllowed = false, isHeld = false }: FakeMachine,
): Promise<FakeUsb> => {
  let socket: Socket | null = null;
  await page.exposeFunction('usbOpen', () => {
    const opened = (socket = connect({ host: '127.0.0.1', port }));
    opened.on('error', () => opened.destroy());
    opened.on('data', (bytes) => void page.evaluate((data) => window.usbAnswered(data), [...bytes]).catch(() => {}));
  });
  await page.exposeFunction('usbWrite', (bytes: number[]) => {
    // A printer that takes no more holds up whoever writes.
    if (socket?.write(Uint8Array.from(bytes))) return;
    return new Promise((resolve) => socket?.once('drain', resolve));
  });
  await page.exposeFunction('usbClose', () => void socket?.destroy());
  await page.addInitScript(fakeUsb, { isAllowed, isHeld });
  return {
    plug: (isThere) => page.evaluate((there) => window.usbPlug(there), isThere),
    isAllowed: () => page.evaluate(() => navigator.usb.getDevices().then(({ length }) => length > 0)),
  };
};

declare global {
  interface Navigator {
    readonly usb: { getDevices: () => Promise<object[]> };
  }
  interface Window {
    USBInTransferResult: new (status: string, data: DataView) => object;
    usbOpen: () => Promise<void>;
    usbWrite: (bytes: number[]) => Promise<void>;
    usbClose: () => Promise<void>;
    usbAnswered: (bytes: number[]) => void;
    usbPlug: (isThere: boolean) => void;
  }
}

/** Runs in the page before it: `navigator.usb` with one printer, as WebUSB's specification has it. */
const fakeUsb = ({ isAllowed, isHeld }: { isAllowed: boolean; isHeld: boolean }): void => {
  const usb = new EventTarget();
  let isThere = true;
  const allowedKey = 'usb-allowed';
  const may = (): boolean => isAllowed || localStorage.getItem(allowedKey) === 'yes';
  let isOpen = false;
  let answered: number[] = [];
  let wake = (): void => {};
  window.usbAnswered = (bytes) => {
    answered.push(...bytes);
    wake();
  };
  const mustBeOpen = (): void => {
    if (!isOpen || !isThere) throw new DOMException('The device was disconnected.', 'NotFoundError');
  };
  const endpoints = [
    { endpointNumber: 1, direction: 'out', type: 'bulk', packetSize: 64 },
    { endpointNumber: 2, direction: 'in', type: 'bulk', packetSize: 64 },
  ];
  const device = {
    vendorId: 0x04b8,
    productId: 0x0e15,
    productName: 'TM-T20II',
    manufacturerName: 'EPSON',
    serialNumber: 'A1',
    configuration: { configurationValue: 1, interfaces: [{ interfaceNumber: 0, alternate: { endpoints } }] },
    open: async () => {
      if (isOpen) return;
      await window.usbOpen();
      isOpen = true;
      answered = [];
    },
    selectConfiguration: async () => mustBeOpen(),
    claimInterface: async () => {
      mustBeOpen();
      if (isHeld) throw new DOMException('Unable to claim interface.', 'NetworkError');
    },
    reset: async () => {
      mustBeOpen();
      await window.usbClose();
      await window.usbOpen();
      answered = [];
    },
    close: async () => {
      isOpen = false;
      wake();
      await window.usbClose();
    },
    transferOut: async (_endpoint: number, data: Uint8Array) => {
      mustBeOpen();
      await window.usbWrite([...data]);
      return { status: 'ok', bytesWritten: data.length };
    },
    transferIn: async (_endpoint: number, length: number) => {
      mustBeOpen();
      while (answered.length === 0) {
        await new Promise<void>((resolve) => (wake = resolve));
        mustBeOpen();
      }
      const taken = Uint8Array.from(answered.splice(0, length));
      // The real class: the page asks whether it is that.
      return new window.USBInTransferResult('ok', new DataView(taken.buffer));
    },
  };
  const changed = (name: string): boolean => usb.dispatchEvent(Object.assign(new Event(name), { device }));
  window.usbPlug = (there) => {
    isThere = there;
    if (!there) {
      isOpen = false;
      wake();
      void window.usbClose();
    }
    changed(there ? 'connect' : 'disconnect');
  };
  Object.assign(usb, {
    getDevices: async () => (isThere && may() ? [device] : []),
    requestDevice: async ({ filters }: { filters: { vendorId: number }[] }) => {
      // Chromium asks people only after a touch, and they choose among what the page filters.
      if (!navigator.userActivation.isActive)
        throw new DOMException('Must be handling a user gesture.', 'SecurityError');
      if (!isThere || !filters.some(({ vendorId }) => vendorId === device.vendorId)) {
        throw new DOMException('No device selected.', 'NotFoundError');
      }
      localStorage.setItem(allowedKey, 'yes');
      return device;
    },
  });
  Object.defineProperty(navigator, 'usb', { value: usb, configurable: true });
};
