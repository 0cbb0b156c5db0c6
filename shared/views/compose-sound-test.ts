import type { VoicePack } from '../protocol/voice-pack.ts';
import { baseOf, type Utterance } from './compose-call.ts';

/** The clip that says that the sound is being tested. */
export const soundTestClip = 'test';

/**
 * What a test of the sound says: one sentence in the hall's language (VOICE-8); nothing where that has no pack.
 *
 * @param hallLanguages the first is the hall's own
 * @param packs by language tag
 */
export const composeSoundTest = (
  hallLanguages: readonly string[],
  packs: ReadonlyMap<string, VoicePack>,
): readonly Utterance[] => {
  const pack = packs.get(baseOf(hallLanguages[0] ?? ''));
  const clip = pack?.clips[soundTestClip];
  if (!pack || !clip) return [];
  return [{ language: pack.language, caption: clip.words, clips: [{ id: soundTestClip, ms: clip.ms, pauseMs: 0 }] }];
};
