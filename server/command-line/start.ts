import closeWithGrace from 'close-with-grace';
import { type Command, InvalidArgumentError } from 'commander';
import { codeMinutes } from '../access/set-up-code.ts';
import { simulate } from '../rehearsal/simulate.ts';
import { type Installation, runInstallation } from '../start-up/run-installation.ts';
import { readSettings } from '../start-up/settings.ts';

/** How long a stop may take before the process ends anyhow, ms. */
const stopMs = 30_000;

interface StartFlags {
  readonly fresh?: true;
  readonly port?: number;
  readonly simulate?: true;
}

export const startCommand = (program: Command): void => {
  program
    .command('start')
    .description('run a hall: pages, API, sockets and jobs, with Postgres and Redis where none are named')
    .option('--fresh', 'begin anew: delete what earlier runs kept')
    .option('--port <number>', 'port of pages and API', portOf)
    .option('--simulate', 'keep the hall busy with visitors and agents of its own')
    .action(start);
};

const start = async ({ fresh, port, simulate: isSimulated }: StartFlags): Promise<void> => {
  stopWithLauncher();
  const settings = readSettings();
  const startedAt = performance.now();
  const stops: (() => Promise<void>)[] = [];
  let isStopping = false;
  // Before anything is started: a stop in the middle of a start must not leave half of it running.
  const grace = closeWithGrace({ delay: stopMs, logger: { error: console.error } }, async ({ err }) => {
    isStopping = true;
    if (err) console.error(err);
    else console.log('\nStopping …');
    for (const stop of stops.reverse()) await stop();
    if (!err) console.log('Stopped.');
  });
  try {
    const starting = runInstallation({
      settings: port === undefined ? settings : { ...settings, PORT: port },
      isFresh: fresh === true,
      say: (line) => isStopping || console.log(line),
    });
    stops.push(() =>
      starting.then(
        (installation) => installation.stop(),
        () => {},
      ),
    );
    const installation = await starting;
    if (isStopping) return;
    say(installation, (performance.now() - startedAt) / 1_000);
    if (isSimulated) stops.push(...simulateDemo(installation));
  } catch (error) {
    grace.uninstall();
    throw error;
  }
};

/** Whoever launched us holds a channel open: when it closes, they were killed and nobody could stop us any more. */
const stopWithLauncher = (): void => {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel?.unref();
};

/** Keeps every demo hall busy. @returns what stops it */
const simulateDemo = ({ node, branches, accounts }: Installation): (() => Promise<void>)[] => {
  const manager = accounts.find(({ role }) => role === 'manager');
  if (!manager) {
    console.log('Warning: --simulate acts in the demo hall only, and this is none: nothing is simulated.');
    return [];
  }
  console.log('\nVisitors and agents of the simulation are coming; half of the counters are left to you.');
  const warn = (message: string): void => console.log(`Warning: ${message}.`);
  const { login, password } = manager;
  return branches.map(({ id }) => simulate({ address: node.address, branchId: id, login, password, warn }));
};

const say = ({ node, branches, accounts, setUpCode }: Installation, seconds: number): void => {
  const { address } = node;
  console.log(`\nAntrean is running after ${seconds.toFixed(1)} s. Ctrl+C stops it.\n`);
  for (const { id, name, languages } of branches) {
    const branch = branches.length > 1 ? `?branch=${id}` : '';
    console.log(name[languages[0] ?? ''] ?? id);
    console.log(`  Lobby TV   ${address}/tv${branch}`);
    console.log(`  Kiosk      ${address}/kiosk${branch}`);
    console.log(`  Counter    ${address}/counter${branch}`);
    console.log(`  Manager    ${address}/manager${branch}\n`);
  }
  if (branches.length === 0) console.log('No hall is set up yet: pnpm antrean blueprint import FILE\n');
  console.log(`  API        ${address}/api\n`);
  if (setUpCode) {
    console.log(`Nobody can sign in yet. Within ${codeMinutes} minutes open ${address}/set-up and enter the code\n`);
    console.log(`  ${setUpCode}\n`);
  }
  if (accounts.length === 0) return;
  console.log('Demo accounts, made just now; each start makes new passwords:');
  for (const { login, password, role } of accounts) {
    console.log(`  ${login.padEnd(10)} ${password}   ${role}`);
  }
};

const portOf = (text: string): number => {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
};
