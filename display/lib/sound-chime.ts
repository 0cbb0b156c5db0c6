import { chimeMs } from '@antrean/shared/views/announcer.ts';

/** Two bells, the lower one second: hertz, and when each is struck, ms. */
const bells = [
  { hertz: 659.25, atMs: 0 },
  { hertz: 523.25, atMs: 380 },
] as const;
/** What a bell has above its tone, and how much of it. */
const partials = [
  { times: 1, share: 1 },
  { times: 2, share: 0.35 },
  { times: 3, share: 0.12 },
] as const;
const loudness = 0.32;

/** Sounds the chime: no file, so nothing to load. @param at when, in the clock of the context @returns ends it */
export const soundChime = (context: AudioContext, to: AudioNode, at: number): (() => void) => {
  const ends = at + chimeMs / 1000;
  const oscillators = bells.flatMap(({ hertz, atMs }) =>
    partials.map(({ times, share }) => {
      const struckAt = at + atMs / 1000;
      const oscillator = context.createOscillator();
      const gain = context.createGain();
      oscillator.frequency.value = hertz * times;
      gain.gain.setValueAtTime(0, struckAt);
      gain.gain.linearRampToValueAtTime(loudness * share, struckAt + 0.008);
      gain.gain.exponentialRampToValueAtTime(0.0005, ends);
      oscillator.connect(gain);
      gain.connect(to);
      oscillator.start(struckAt);
      oscillator.stop(ends);
      return oscillator;
    }),
  );
  return () => oscillators.forEach((oscillator) => oscillator.disconnect());
};
