import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { killAllIn } from './processes.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A fresh clone of what is committed here, in an empty folder, with an empty home beside it. */
export interface Clone {
  /** Its path has a space in it. */
  readonly checkout: string;
  /** What the checkout lies in, and nothing else. */
  readonly parent: string;
  readonly home: string;
  /** Ends whatever still runs in it and removes all of it. */
  readonly remove: () => Promise<void>;
}

export const cloneTree = (): Clone => {
  const folder = mkdtempSync(join(tmpdir(), 'antrean-clone-'));
  chmodSync(folder, 0o755);
  const parent = join(folder, 'a hall');
  const home = join(folder, 'home');
  for (const each of [parent, home]) mkdirSync(each, { mode: 0o755 });
  const checkout = join(parent, 'antrean');
  execFileSync('git', ['clone', '--quiet', root, checkout]);
  const changed = execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
  if (changed !== '') console.log(`The clone has what is committed. Not in it:\n${changed}`);
  return {
    checkout,
    parent,
    home,
    remove: async () => {
      await killAllIn(folder);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
