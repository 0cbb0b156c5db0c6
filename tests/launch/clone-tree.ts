import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { User } from './launch.ts';
import { killAllIn } from './processes.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A fresh clone of what is committed here, in an empty folder, with an empty home beside it. */
export interface Clone {
  /** Its path has a space in it. */
  readonly checkout: string;
  /** What the checkout lies in, and nothing else. */
  readonly parent: string;
  readonly home: string;
  /** Everything is given to this user; absent: whoever runs the tests. */
  readonly user: User | undefined;
  /** Ends whatever still runs in it, and has all of it removed. */
  readonly remove: () => Promise<void>;
}

export const cloneTree = (user?: User): Clone => {
  const folder = mkdtempSync(join(tmpdir(), 'antrean-clone-'));
  chmodSync(folder, 0o755);
  const parent = join(folder, 'a hall');
  const home = join(folder, 'home');
  for (const each of [parent, home]) mkdirSync(each, { mode: 0o755 });
  const checkout = join(parent, 'antrean');
  git(folder, 'clone', '--quiet', root, checkout);
  const changed = git(folder, '-C', root, 'status', '--porcelain');
  if (changed !== '') console.log(`The clone has what is committed. Not in it:\n${changed}`);
  if (user) execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, folder]);
  return {
    checkout,
    parent,
    home,
    user,
    remove: async () => {
      await killAllIn(folder);
      removeLater(folder);
    },
  };
};

/** git that reads a checkout whoever owns it: in a container it is often not the user who runs the tests. */
const git = (folder: string, ...args: string[]): string => {
  const config = join(folder, 'gitconfig');
  writeFileSync(config, '[safe]\n\tdirectory = *\n');
  return execFileSync('git', args, { encoding: 'utf8', env: { ...process.env, GIT_CONFIG_GLOBAL: config } });
};

/** A clone has 50,000 files, which some disks remove at a millisecond each (measured): nobody has to wait for that. */
export const removeLater = (folder: string): void =>
  spawn('rm', ['-rf', folder], { detached: true, stdio: 'ignore' }).unref();
