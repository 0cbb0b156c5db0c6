import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Launched, launch, newcomer } from './launch.ts';
import { killAllIn } from './processes.ts';

const program = fileURLToPath(new URL('../../server/command-line/antrean.ts', import.meta.url));

/** A data folder, and what `npm start` runs in the end, as often as one likes; the screens have to be built. */
export interface Starts {
  readonly data: string;
  readonly start: (flags?: readonly string[], env?: Readonly<Record<string, string>>) => Launched;
  /** Ends what still runs, and removes the folder. */
  readonly remove: () => Promise<void>;
}

export const prepareStarts = (): Starts => {
  const folder = mkdtempSync(join(tmpdir(), 'antrean-start-'));
  // Root lends Postgres another user, who has to get in.
  chmodSync(folder, 0o755);
  const data = join(folder, 'data');
  return {
    data,
    start: (flags = ['--port', '0'], env = {}) =>
      launch([process.execPath, program, 'start', ...flags], {
        cwd: folder,
        env: { ...newcomer(folder), NODE_COMPILE_CACHE: join(folder, 'compiled'), ANTREAN_DATA: data, ...env },
      }),
    remove: async () => {
      await killAllIn(folder);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
