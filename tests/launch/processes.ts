import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { waitUntil } from '../harness/wait-until.ts';

export interface FoundProcess {
  readonly pid: number;
  readonly commandLine: string;
}

/** Every process whose command line names a folder or that works in it; Postgres and Redis work in their data. */
export const processesIn = (folder: string): FoundProcess[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const commandLine = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        const isInside = `${readlinkSync(`/proc/${name}/cwd`)}/`.startsWith(`${folder}/`);
        return isInside || commandLine.includes(folder) ? [{ pid: Number(name), commandLine }] : [];
      } catch {
        // It has ended meanwhile, or is somebody else's.
        return [];
      }
    });

/** The only process of a folder whose command line holds the words. */
export const processIn = (folder: string, words: string): FoundProcess => {
  const found = processesIn(folder).filter(({ commandLine }) => commandLine.includes(words));
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} processes of ${folder} are ${words}`);
  return found[0];
};

/** Waits until nothing runs in a folder any more; throws with what still does. */
export const expectNothingRuns = async (folder: string): Promise<void> => {
  await waitUntil(
    `nothing runs in ${folder}`,
    () => {
      const left = processesIn(folder);
      if (left.length > 0) throw new Error(left.map(({ commandLine }) => commandLine).join('\n'));
      return true;
    },
    { withinMs: 10_000, everyMs: 50 },
  );
};

/** Ends whatever a test left behind in its own folder. */
export const killAllIn = async (folder: string): Promise<void> => {
  for (const { pid } of processesIn(folder)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went by itself.
    }
  }
  await expectNothingRuns(folder);
};
