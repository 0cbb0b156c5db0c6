import type { MessageKey, MessageValues } from '../locales/translate.ts';
import type { DevicesView, DeviceView } from '../protocol/devices.ts';

/** Three reports that did not come, ms: one may be late and one be lost. */
const silentAfterMs = 95_000;
const minuteMs = 60_000;

export interface DeviceFault {
  readonly key: MessageKey;
  readonly values?: MessageValues;
}

/** Whether nothing was heard of a device for long. @param now the server's clock, epoch ms */
export const isSilent = ({ seenAt }: Pick<DeviceView, 'seenAt'>, now: number): boolean =>
  seenAt === null || now - seenAt > silentAfterMs;

/** What is wrong with a device of the list, the worst first. @param version of the pages that the server has now */
export const faultsOf = (
  { seenAt, health, screenId, printerId }: DeviceView,
  { at: now, screens, printers }: DevicesView,
  version: number,
): readonly DeviceFault[] => {
  if (seenAt === null) return [{ key: 'devices.never' }];
  if (isSilent({ seenAt }, now)) return [silence(now - seenAt)];
  return [
    ...(screenId !== null && !screens.some(({ id }) => id === screenId)
      ? [{ key: 'devices.screenGone' } as const]
      : []),
    ...(printerId !== null && !printers.some(({ id }) => id === printerId)
      ? [{ key: 'devices.printerGone' } as const]
      : []),
    ...(health?.paper === 'out' ? [{ key: 'devices.paperOut' } as const] : []),
    ...(health?.paper === 'cover' ? [{ key: 'devices.coverOpen' } as const] : []),
    ...(health?.paper === 'silent' ? [{ key: 'devices.printerSilent' } as const] : []),
    ...(health?.paper === 'missing' ? [{ key: 'devices.printerMissing' } as const] : []),
    ...(health?.paper === 'refused' ? [{ key: 'devices.printerRefused' } as const] : []),
    ...(health?.paper === 'unable' ? [{ key: 'devices.noUsb' } as const] : []),
    ...(health?.sound === 'blocked' ? [{ key: 'devices.soundBlocked' } as const] : []),
    ...(health?.missingClips ? [{ key: 'devices.clipsMissing', values: { count: health.missingClips } } as const] : []),
    ...(health?.paper === 'low' ? [{ key: 'devices.paperLow' } as const] : []),
    ...(health && health.version < version ? [{ key: 'devices.oldPage' } as const] : []),
  ];
};

const silence = (ms: number): DeviceFault => {
  const minutes = Math.round(ms / minuteMs);
  if (minutes < 120) return { key: 'devices.silent', values: { minutes } };
  const hours = Math.round(minutes / 60);
  if (hours < 48) return { key: 'devices.silentHours', values: { hours } };
  return { key: 'devices.silentDays', values: { days: Math.round(hours / 24) } };
};

/** Those with something wrong first, else as they came. */
export const faultyFirst = (view: DevicesView, version: number): DeviceView[] => {
  const isFine = (device: DeviceView): number => Number(faultsOf(device, view, version).length === 0);
  return view.devices.toSorted((a, b) => isFine(a) - isFine(b));
};
