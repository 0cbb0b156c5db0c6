import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const apps = ['display', 'counter'] as const;
/** A folder is made by one process only: whoever made it builds, the others wait until it is gone. */
const lock = join(root, 'node_modules', '.screens-are-built');
const lockTimeoutMs = 120_000;

/** Builds the screens unless what is built is newer than all it is made of. */
export const buildScreens = async (): Promise<void> => {
  const until = Date.now() + lockTimeoutMs;
  while (!takesLock()) {
    if (Date.now() > until) throw new Error(`another build did not end: remove ${lock}`);
    await wait(200);
  }
  try {
    for (const app of apps) if (isOld(app)) await build(app);
  } finally {
    rmdirSync(lock);
  }
};

const takesLock = (): boolean => {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
};

const build = async (app: string): Promise<void> => {
  const vite = join(root, app, 'node_modules', 'vite', 'bin', 'vite.js');
  // As they ship: with the environment of a test run Svelte builds in what is for developers.
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)(process.execPath, [vite, 'build'], { cwd: join(root, app), timeout: lockTimeoutMs, env });
};

const isOld = (app: string): boolean => {
  const builtAt = newestIn(join(root, app, 'dist'), () => true);
  const isSource = (name: string): boolean => name !== 'node_modules' && name !== 'dist';
  return builtAt < Math.max(newestIn(join(root, app), isSource), newestIn(join(root, 'shared'), isSource));
};

/** When anything in a folder was last written, epoch ms; 0 when there is no such folder. */
const newestIn = (folder: string, counts: (name: string) => boolean): number => {
  if (!existsSync(folder)) return 0;
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!counts(entry.name)) continue;
    const path = join(folder, entry.name);
    newest = Math.max(newest, entry.isDirectory() ? newestIn(path, counts) : statSync(path).mtimeMs);
  }
  return newest;
};
