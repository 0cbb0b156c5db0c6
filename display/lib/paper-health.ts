import type { DeviceHealth } from '@antrean/shared/protocol/devices.ts';

type Paper = NonNullable<DeviceHealth['paper']>;

let paper: Paper | undefined;

/** Keeps how the printer was at the last ticket, for this screen's next report. */
export const notePaper = (now: Paper): void => {
  paper = now;
};

/** The part of a report that tells of the printer; empty before the first ticket. */
export const paperHealth = (): Pick<DeviceHealth, 'paper'> => (paper ? { paper } : {});
