import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { kioskTexts, namesOf } from '@antrean/server/voices/kiosk-texts.ts';
import { loadTranslate } from '@antrean/shared/locales/load-translate.ts';
import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import { SpokenPack } from '@antrean/shared/protocol/spoken-pack.ts';
import { clipsOfText } from '@antrean/shared/views/spoken-clips.ts';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { shippedBlueprint } from '../screens/screens-hall.ts';
import { voicesFolder } from './read-pack.ts';

const halls = [shippedBlueprint('asan'), shippedBlueprint('mpp-banyuwangi')];

test.each(catalogueLanguages)(
  '[SPOKEN-2] what kiosks say in %s is recorded, with the names of the hall whose language it is',
  async (language) => {
    const folder = new URL(`kiosk-${language}/`, voicesFolder);
    const pack: unknown = JSON.parse(readFileSync(new URL('pack.json', folder), 'utf8'));
    if (!Value.Check(SpokenPack, pack)) throw new Error(`kiosk-${language} is no pack`);
    const say = await loadTranslate(language);
    const names = halls.filter(({ languages }) => languages[0] === language).flatMap((hall) => namesOf(hall, language));
    expect(Object.keys(pack.clips).sort()).toEqual([...new Set([...kioskTexts(language, say), ...names])].sort());
    let bytes = 0;
    for (const { file, ms } of Object.values(pack.clips)) {
      const opus = readFileSync(new URL(file, folder));
      bytes += opus.length;
      expect(createHash('sha256').update(opus).digest('hex').slice(0, 12)).toBe(file.slice(0, 12));
      expect(opus.subarray(0, 4).toString()).toBe('OggS');
      expect(ms).toBeGreaterThan(40);
    }
    const files = new Set(Object.values(pack.clips).map(({ file }) => file));
    expect(readdirSync(folder).sort()).toEqual([...files, 'pack.json'].sort());
    console.log(`${language}: ${files.size} clips, ${Math.round(bytes / 1024)} KB`);
    // What holds numbers is said by its parts.
    const has = (text: string): boolean => text in pack.clips;
    for (const count of [0, 1, 3, 24, 311]) {
      for (const text of [
        say('kiosk.waiting', { count }),
        say('kiosk.page', { page: 2, pages: count }),
        say('kiosk.spokenChoices', { count }),
        say('kiosk.ahead', { count }),
        `${say('kiosk.opens', { when: `${say('date.long', { weekday: '6', day: '28', month: '11' })}, 09:00` })}`,
      ]) {
        const clips = clipsOfText(text, has)!;
        expect(clips, text).not.toBeNull();
        for (const clip of clips) if ('text' in clip) expect(has(clip.text), text).toBe(true);
      }
    }
  },
);
