import type { DeviceHealth } from '@antrean/shared/protocol/devices.ts';

type SoundHealth = Pick<DeviceHealth, 'sound' | 'missingClips'>;

let health: SoundHealth = { sound: 'none' };
const told = new Set<() => void>();

/** Keeps how this screen's sound is, for its reports; whoever reports is told of a change at once. */
export const noteSound = (now: SoundHealth): void => {
  if (now.sound === health.sound && now.missingClips === health.missingClips) return;
  health = now;
  for (const tell of told) tell();
};

/** The part of a report that tells of sound; a screen that makes none says so. */
export const soundHealth = (): SoundHealth => health;

/** @returns ends it */
export const onSoundChange = (tell: () => void): (() => void) => {
  told.add(tell);
  return () => void told.delete(tell);
};
