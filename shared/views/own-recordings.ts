import type { Recording } from '../domain/setup.ts';
import type { VoicePack } from '../protocol/voice-pack.ts';

/** The recording that a hall has in place of a clip, and that can be played; `undefined`: the pack's own clip is heard (VOICE-7). */
export const recordingOf = (
  recordings: readonly Recording[] | undefined,
  language: string,
  clip: string,
  isPlayable: (recording: Recording) => boolean,
): Recording | undefined =>
  // Not by `findLast`, which the browsers of old TVs do not have.
  recordings?.filter((each) => each.language === language && each.clip === clip && isPlayable(each)).pop();

/** Packs whose clips are as long as what is heard of them. */
export const packsWith = (
  packs: ReadonlyMap<string, VoicePack>,
  recordings: readonly Recording[] | undefined,
  isPlayable: (recording: Recording) => boolean,
): ReadonlyMap<string, VoicePack> =>
  new Map([...packs].map(([language, pack]) => [language, packWith(pack, recordings, isPlayable)] as const));

const packWith = (
  pack: VoicePack,
  recordings: readonly Recording[] | undefined,
  isPlayable: (recording: Recording) => boolean,
): VoicePack => {
  if (!recordings) return pack;
  const clips = { ...pack.clips };
  for (const { language, clip, ms } of recordings.filter(isPlayable)) {
    const shipped = pack.clips[clip];
    if (language === pack.language && shipped) clips[clip] = { ...shipped, ms };
  }
  return { ...pack, clips };
};
