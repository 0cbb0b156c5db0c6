import { choosePrinter } from '@antrean/shared/domain/choose-printer.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { isAtKiosk } from '@antrean/shared/domain/usb-address.ts';
import type { KnownDevice, OwnDevice } from '@antrean/shared/protocol/devices.ts';
import type { DevicePorts } from './device-ports.ts';

/** A device as it may know itself, by the set-up of its hall that holds now. */
export const ownDevice = async (
  halls: DevicePorts['halls'],
  { soundTestAt: _, ...device }: KnownDevice,
): Promise<OwnDevice> => {
  if (device.kind !== 'kiosk') return { ...device, printsByUsb: false };
  const { setup } = await halls.branch(device.branchId as BranchId);
  const printer = choosePrinter(setup, device.printerId);
  return { ...device, printsByUsb: printer !== undefined && isAtKiosk(printer) };
};
