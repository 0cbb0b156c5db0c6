import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VoicePack } from '@antrean/shared/protocol/voice-pack.ts';
import { readWords } from './read-words.ts';
import { renderClip } from './render-clip.ts';

/**
 * Makes the pack of a language from its words, in place of the one that is there.
 *
 * @param folder where packs are; this one goes into the folder of its language
 * @returns how many bytes its clips have
 */
export const buildPack = (language: string, folder: string): { clips: number; bytes: number } => {
  const { call, brief, clips: words, ...voice } = readWords(language);
  const place = join(folder, language);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const clips: VoicePack['clips'] = {};
  let bytes = 0;
  for (const [id, said] of words) {
    const made = join(place, 'clip.mp3');
    const ms = renderClip(said, voice, made);
    const mp3 = readFileSync(made);
    const sha256 = createHash('sha256').update(mp3).digest('hex');
    const file = `${id.toLowerCase()}-${sha256.slice(0, 8)}.mp3`;
    renameSync(made, join(place, file));
    clips[id] = { file, words: said, ms, sha256 };
    bytes += mp3.length;
  }
  const pack: VoicePack = { language, madeWith: engine(), call: [...call], brief: [...brief], clips };
  writeFileSync(join(place, 'pack.json'), `${JSON.stringify(pack, null, 1)}\n`);
  return { clips: words.size, bytes };
};

/** `espeak-ng 1.51`, without where its data lie. */
export const engine = (): string => {
  const said = execFileSync('espeak-ng', ['--version'], { encoding: 'utf8' });
  return `espeak-ng ${/\d+(\.\d+)+/.exec(said)?.[0] ?? ''}`.trim();
};
