import type { BranchView } from '../protocol/branch.ts';
import type { VoicePack } from '../protocol/voice-pack.ts';
import { clipsOfCounter, clipsOfTicket } from './compose-call.ts';
import { soundTestClip } from './compose-sound-test.ts';

/** The clips of a pack that the calls of a hall, and a test of its sound, may ask for, the phrases first: by far not all letters and numbers. */
export const clipsOfHall = ({ services, counters }: BranchView, { call, brief, clips }: VoicePack): string[] => [
  ...new Set([
    ...[...call, ...brief, soundTestClip].filter((piece) => clips[piece] !== undefined),
    ...services.flatMap(({ prefix }) => clipsOfTicket(`${prefix}0123456789`)),
    ...counters.flatMap(({ number }) => clipsOfCounter(number)),
  ]),
];
