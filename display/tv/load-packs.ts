import type { VoicePack } from '@antrean/shared/protocol/voice-pack.ts';
import { baseOf } from '@antrean/shared/views/compose-call.ts';

const folder = '/display/voices';
const againMs = 2_000;

export type Packs = ReadonlyMap<string, VoicePack>;

export const noPacks: Packs = new Map();

/** The packs of these languages by language; one that there is no pack for is left out. Tries until the server answers. */
export const loadPacks = async (languages: readonly string[]): Promise<Packs> => {
  const wanted = [...new Set(languages.map(baseOf))];
  const packs = await Promise.all(wanted.map(loadPack));
  return new Map(packs.flatMap((pack) => (pack ? [[pack.language, pack] as const] : [])));
};

/** Where a clip of a pack is. */
export const addressOf = (language: string, file: string): string => `${folder}/${language}/${file}`;

const loadPack = async (language: string): Promise<VoicePack | null> => {
  for (;;) {
    try {
      const answer = await fetch(addressOf(language, 'pack.json'));
      if (answer.ok) return (await answer.json()) as VoicePack;
      if (answer.status === 404) return null;
    } catch {
      // The server is away; whoever announces goes on with the chime meanwhile.
    }
    await new Promise((resolve) => setTimeout(resolve, againMs));
  }
};
