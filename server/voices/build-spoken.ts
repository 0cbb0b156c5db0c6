import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTranslate } from '@antrean/shared/locales/load-translate.ts';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import type { SpokenPack } from '@antrean/shared/protocol/spoken-pack.ts';
import { engine } from './build-pack.ts';
import { kioskTexts, namesOf } from './kiosk-texts.ts';
import { readWords } from './read-words.ts';
import { renderClip } from './render-clip.ts';

/**
 * Makes what kiosks speak in a language (SPOKEN-2): their own texts, and the names of these halls. It takes the place of
 * what is there.
 *
 * @param folder where packs are; this one goes into `kiosk-` and its language
 * @returns how many bytes its clips have
 */
export const buildSpoken = async (
  language: string,
  halls: readonly Blueprint[],
  folder: string,
): Promise<{ clips: number; bytes: number }> => {
  const voice = readWords(language);
  const place = join(folder, `kiosk-${language}`);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const texts = kioskTexts(language, await loadTranslate(language));
  const clips: SpokenPack['clips'] = {};
  let bytes = 0;
  for (const text of new Set([...texts, ...halls.flatMap((hall) => namesOf(hall, language))])) {
    const made = join(place, 'clip.opus');
    const ms = renderClip(text, voice, made, 'opus');
    const opus = readFileSync(made);
    const file = `${createHash('sha256').update(opus).digest('hex').slice(0, 12)}.opus`;
    renameSync(made, join(place, file));
    clips[text] = { file, ms };
    bytes += opus.length;
  }
  const pack: SpokenPack = { language, madeWith: engine(), clips };
  writeFileSync(join(place, 'pack.json'), `${JSON.stringify(pack, null, 1)}\n`);
  return { clips: Object.keys(clips).length, bytes };
};
