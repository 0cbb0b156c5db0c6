import { readdirSync, readFileSync } from 'node:fs';
import type { VoicePack } from '@antrean/shared/protocol/voice-pack.ts';

export const voicesFolder = new URL('../../display/public/voices/', import.meta.url);

/** The languages that ship. */
export const packLanguages = readdirSync(voicesFolder)
  .filter((name) => !name.startsWith('kiosk-'))
  .sort();

export const readPack = (language: string): VoicePack =>
  JSON.parse(readFileSync(new URL(`${language}/pack.json`, voicesFolder), 'utf8')) as VoicePack;

export const packs: ReadonlyMap<string, VoicePack> = new Map(
  packLanguages.map((language) => [language, readPack(language)]),
);
