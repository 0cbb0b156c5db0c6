import { composeCall } from '@antrean/shared/views/compose-call.ts';
import { packsWith, recordingOf } from '@antrean/shared/views/own-recordings.ts';
import { expect, test } from 'vitest';
import { readPack } from './read-pack.ts';

const pack = readPack('id');
const own = (clip: string, ms: number, file: string, language = 'id') => ({ language, clip, file, ms });
const recordings = [own('n1', 700, 'first'), own('n1', 900, 'second'), own('n2', 800, 'other', 'en')];
const msOf = (isPlayable: (recording: { file: string }) => boolean): number[] => {
  const packs = packsWith(new Map([['id', pack]]), recordings, isPlayable);
  const [said] = composeCall({ number: 'A12', counterNumber: 1, language: 'id' }, ['id'], packs, true);
  return ['n1', 'n2'].map((id) => said!.clips.find((clip) => clip.id === id)!.ms);
};

test('[VOICE-7] a recording of the hall takes the place of a clip and its time; the later of two holds, and of other languages none', () => {
  expect(recordingOf(recordings, 'id', 'n1', () => true)?.file).toBe('second');
  expect(recordingOf(recordings, 'id', 'n2', () => true)).toBeUndefined();
  expect(recordingOf(undefined, 'id', 'n1', () => true)).toBeUndefined();
  expect(msOf(() => true)).toEqual([900, pack.clips['n2']!.ms]);
});

test('[VOICE-7] one that cannot be played leaves the place to the one before it, and then to the clip that ships', () => {
  const without =
    (...broken: string[]) =>
    ({ file }: { file: string }): boolean =>
      !broken.includes(file);
  expect(recordingOf(recordings, 'id', 'n1', without('second'))?.file).toBe('first');
  expect(msOf(without('second'))).toEqual([700, pack.clips['n2']!.ms]);
  expect(recordingOf(recordings, 'id', 'n1', without('first', 'second'))).toBeUndefined();
  expect(msOf(without('first', 'second'))).toEqual([pack.clips['n1']!.ms, pack.clips['n2']!.ms]);
});

test('[VOICE-7] a recording of a clip that no pack has changes nothing', () => {
  const packs = new Map([['id', pack]]);
  expect(packsWith(packs, [own('n345', 500, 'first')], () => true)).toEqual(packs);
});
