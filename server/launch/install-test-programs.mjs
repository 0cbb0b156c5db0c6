import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

/** Programs the tests run on, and the Debian packages that bring them. */
const wanted = [
  { programs: ['redis-server'], packages: 'redis-server' },
  { programs: ['chromium', 'google-chrome', 'chromium-browser'], packages: 'chromium' },
];

const isOnPath = (program) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)));

/** Installs what is missing with apt where that is possible, else says what to install and ends the process. */
export const installTestPrograms = async () => {
  const missing = wanted.filter(({ programs }) => !programs.some(isOnPath)).map(({ packages }) => packages);
  if (missing.length === 0) return;
  const names = missing.join(' and ');
  if (process.getuid?.() !== 0 || !isOnPath('apt-get')) {
    console.error(`The tests need ${names}: install ${missing.length > 1 ? 'them' : 'it'} and try again.`);
    process.exit(1);
  }
  console.log(`Installing ${names} with apt …`);
  // Redis is wanted as a program, not as a service: apt must not start one.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const options = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  await run('apt-get', ['update'], options);
  const code = await run('apt-get', ['install', '-y', '--no-install-recommends', ...missing], options);
  if (code !== 0) {
    console.error(`${names} could not be installed with apt: see above, install by hand and try again.`);
    process.exit(1);
  }
};
