import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

/** The top of the checkout. */
export const top = fileURLToPath(new URL('../..', import.meta.url));

/** The Node that everything but these launchers runs on: it comes with the packages. */
export const node = join(top, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');

const pnpm = 'pnpm@12.21.0';
const described = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'].concat(
  ['server', 'display', 'counter', 'shared', 'migrations', 'tests'].map((name) => `${name}/package.json`),
);
const stampFile = join(top, 'node_modules/.antrean/installed');

const stampOfFiles = () => {
  const hash = createHash('sha256');
  for (const file of described) hash.update(readFileSync(join(top, file)));
  return hash.digest('hex');
};

/** Installs the packages unless what is installed is what the lockfile says. Ends the process when that fails. */
export const install = async () => {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    console.error(`Antrean needs Node 20 or later to install itself; this is ${process.version}. See nodejs.org.`);
    process.exit(1);
  }
  const stamp = stampOfFiles();
  if (existsSync(node) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  console.log('Installing the packages: a minute or two, the first time and after an update …');
  const code = await run(npx(), ['--yes', pnpm, 'install', '--frozen-lockfile'], {
    cwd: top,
    // Without a terminal pnpm asks before it replaces packages that another version laid; with CI it does not.
    env: { ...process.env, CI: 'true', npm_config_update_notifier: 'false' },
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (code !== 0) {
    console.error('The packages could not be installed: see above. Is the npm registry within reach? Then try again.');
    process.exit(1);
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
};

const npx = () => (process.platform === 'win32' ? 'npx.cmd' : 'npx');
