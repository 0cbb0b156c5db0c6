import { fileURLToPath } from 'node:url';
import { type Command, Option } from 'commander';
import { StartUpError } from '../start-up/start-up-error.ts';
import { buildPack } from '../voices/build-pack.ts';
import { wordLanguages } from '../voices/read-words.ts';

const shipped = fileURLToPath(new URL('../../display/public/voices', import.meta.url));

export const voicesCommand = (program: Command): void => {
  const voices = program.command('voices').description('what lobby TVs speak (docs/voices.md)');
  voices
    .command('build [languages...]')
    .description('make the clips of these languages, or of all, with espeak-ng and ffmpeg')
    .addOption(new Option('--out <folder>', 'where the packs go').default(shipped, 'where the TVs load them from'))
    .action((asked: string[], { out }: { out: string }) => {
      const known = wordLanguages();
      const unknown = asked.find((language) => !known.includes(language));
      if (unknown) throw new StartUpError(`there are no words for ${unknown}, only for ${known.join(', ')}`);
      for (const language of asked.length > 0 ? asked : known) {
        const { clips, bytes } = build(language, out);
        console.log(`${language}: ${clips} clips, ${Math.round(bytes / 1024)} KB`);
      }
    });
};

const build = (language: string, out: string): { clips: number; bytes: number } => {
  try {
    return buildPack(language, out);
  } catch (error) {
    const { code, path, message } = error as NodeJS.ErrnoException;
    throw new StartUpError(code === 'ENOENT' && path ? `${path} is not installed` : message, { cause: error });
  }
};
