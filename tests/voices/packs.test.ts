import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readWords, wordLanguages } from '@antrean/server/voices/read-words.ts';
import { ticketLetters } from '@antrean/shared/domain/ticket-letters.ts';
import { catalogueLanguages } from '@antrean/shared/locales/translate.ts';
import { VoicePack } from '@antrean/shared/protocol/voice-pack.ts';
import { clipsOfCounter, clipsOfTicket } from '@antrean/shared/views/compose-call.ts';
import { soundTestClip } from '@antrean/shared/views/compose-sound-test.ts';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { packLanguages, packs, readPack, voicesFolder } from './read-pack.ts';

/** How long an MP3 is by its own frames, ms: MPEG-2 Layer III at 22,050 Hz, 576 samples a frame. */
const lengthOf = (mp3: Buffer): number => {
  const bitRates = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
  let frames = 0;
  for (let at = 0; at < mp3.length; frames += 1) {
    const head = mp3.readUInt32BE(at);
    // Sync, MPEG-2, Layer III, no check sum, 22,050 Hz; one channel.
    if (head >>> 16 !== 0xfff3 || (head >>> 10) % 4 !== 0 || (head >>> 6) % 4 !== 3)
      throw new Error(`no frame at ${at}`);
    at += Math.floor((72_000 * (bitRates[(head >>> 12) % 16] ?? 0)) / 22_050) + ((head >>> 9) % 2);
  }
  return (frames * 576_000) / 22_050;
};

test('[VOICE-1] every language of the catalogues has a pack, made of the words that are written down for it', () => {
  expect(packLanguages).toEqual([...catalogueLanguages].sort());
  expect(wordLanguages()).toEqual(packLanguages);
  for (const language of packLanguages) {
    const pack = readPack(language);
    const { clips, call, brief } = readWords(language);
    expect(Value.Check(VoicePack, pack), language).toBe(true);
    expect(Object.entries(pack.clips).map(([id, { words }]) => [id, words])).toEqual([...clips]);
    expect([pack.language, pack.call, pack.brief]).toEqual([language, call, brief]);
  }
});

test('[VOICE-1] [VOICE-8] a pack has every clip that a call or a test can ask for, each whole, as long as is said, and none besides', () => {
  const asked = [
    ...ticketLetters.flatMap((letter) => clipsOfTicket(`${letter}0123456789`)),
    ...Array.from({ length: 999 }, (_, index) => clipsOfCounter(index + 1)).flat(),
  ];
  for (const [language, pack] of packs) {
    const phrases = [...pack.call, ...pack.brief, soundTestClip].filter((piece) => !/^(,|\{\w+\})$/.test(piece));
    expect(Object.keys(pack.clips).sort(), language).toEqual([...new Set([...asked, ...phrases])].sort());
    for (const [id, { file, ms, sha256 }] of Object.entries(pack.clips)) {
      const mp3 = readFileSync(new URL(`${language}/${file}`, voicesFolder));
      expect(createHash('sha256').update(mp3).digest('hex'), file).toBe(sha256);
      expect(file).toContain(sha256.slice(0, 8));
      // A clip begins with the encoder's delay and ends with a filled-up frame.
      expect(lengthOf(mp3) - ms, `${language} ${id}`).toBeGreaterThan(0);
      expect(lengthOf(mp3) - ms, `${language} ${id}`).toBeLessThan(180);
      expect(ms, `${language} ${id} "${pack.clips[id]?.words}"`).toBeGreaterThan(80);
      expect(ms, `${language} ${id} "${pack.clips[id]?.words}"`).toBeLessThan(3_000);
    }
    const files = readdirSync(new URL(`${language}/`, voicesFolder)).filter((name) => name !== 'pack.json');
    expect(files.sort()).toEqual(
      Object.values(pack.clips)
        .map(({ file }) => file)
        .sort(),
    );
  }
});
