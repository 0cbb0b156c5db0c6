import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Command, Option } from 'commander';
import type { Blueprint } from '@antrean/shared/protocol/blueprint.ts';
import { parseBlueprint } from '../setup/parse-blueprint.ts';
import { StartUpError } from '../start-up/start-up-error.ts';
import { buildPack } from '../voices/build-pack.ts';
import { buildSpoken } from '../voices/build-spoken.ts';
import { wordLanguages } from '../voices/read-words.ts';

const shipped = fileURLToPath(new URL('../../display/public/voices', import.meta.url));
const shippedHalls = ['asan', 'mpp-banyuwangi'].map((name) =>
  fileURLToPath(new URL(`../setup/blueprints/${name}.yaml`, import.meta.url)),
);

export const voicesCommand = (program: Command): void => {
  const voices = program.command('voices').description('what lobby TVs speak (docs/voices.md)');
  voices
    .command('build [languages...]')
    .description('make the clips of these languages, or of all, with espeak-ng and ffmpeg')
    .addOption(new Option('--out <folder>', 'where the packs go').default(shipped, 'where the TVs load them from'))
    .action(async (asked: string[], { out }: { out: string }) => {
      for (const language of languagesOf(asked)) report(language, await made(() => buildPack(language, out)));
    });
  voices
    .command('kiosk [languages...]')
    .description(
      'make what kiosks speak to who does not see them, with the names of these halls, with espeak-ng and ffmpeg',
    )
    .option(
      '--blueprint <files...>',
      "the halls, whose names are spoken in all their languages (usual: the shipped halls', each in its own)",
    )
    .addOption(new Option('--out <folder>', 'where the packs go').default(shipped, 'where the kiosks load them from'))
    .action(async (asked: string[], { blueprint, out }: { blueprint?: string[]; out: string }) => {
      const halls = (blueprint ?? shippedHalls).map(readHall);
      for (const language of languagesOf(asked)) {
        const spoken = halls.filter(({ languages }) =>
          (blueprint ? languages : languages.slice(0, 1)).includes(language),
        );
        report(language, await made(() => buildSpoken(language, spoken, out)));
      }
    });
};

const languagesOf = (asked: readonly string[]): readonly string[] => {
  const known = wordLanguages();
  const unknown = asked.find((language) => !known.includes(language));
  if (unknown) throw new StartUpError(`there are no words for ${unknown}, only for ${known.join(', ')}`);
  return asked.length > 0 ? asked : known;
};

const readHall = (file: string): Blueprint => {
  const { blueprint, faults } = parseBlueprint(readFileSync(file, 'utf8'));
  if (!blueprint) throw new StartUpError(`${file} has ${faults.length} faults: \`antrean blueprint check\` names them`);
  return blueprint;
};

const report = (language: string, { clips, bytes }: { clips: number; bytes: number }): void =>
  console.log(`${language}: ${clips} clips, ${Math.round(bytes / 1024)} KB`);

/** Throws what the making throws, with the program that is missing named. */
const made = async <T>(make: () => T | Promise<T>): Promise<T> => {
  try {
    return await make();
  } catch (error) {
    const { code, path, message } = error as NodeJS.ErrnoException;
    throw new StartUpError(code === 'ENOENT' && path ? `${path} is not installed` : message, { cause: error });
  }
};
