import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { delimiter } from 'node:path';
import { waitUntil } from '../harness/wait-until.ts';

/** Of the operating system. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

export interface LaunchOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Who runs it; absent: whoever runs the tests. */
  readonly user?: User | undefined;
}

/** What a start printed when the hall was open. */
export interface OpenHall {
  /** Without a path. */
  readonly address: string;
  /** Address by name: Lobby TV, Kiosk, Counter, Manager. */
  readonly pages: Readonly<Record<string, string>>;
  readonly accounts: readonly { readonly login: string; readonly password: string; readonly role: string }[];
  /** From the command to the last line, s. */
  readonly seconds: number;
}

/** A command that was typed into a shell. */
export interface Launched {
  readonly pid: number;
  /** Everything printed so far. */
  readonly said: () => string;
  readonly waitFor: (words: string) => Promise<void>;
  /** Throws with what was said when it ends instead. */
  readonly open: () => Promise<OpenHall>;
  /** Ctrl+C: to the whole group, as a terminal sends it. Answers with the exit code. */
  readonly interrupt: () => Promise<number>;
  /** The exit code as a shell gives it: 128 and the number of the signal when one ended it. */
  readonly ended: Promise<number>;
}

const openWithinMs = 180_000;

/** What of our surroundings a newcomer's shell has too: programs, language, and the way to the network. */
const kept = /^(PATH|LANG|TERM|TMPDIR|npm_config_registry|(https?|no|all)_proxy|\w*CERTS?(_\w+)?|\w+_CA_BUNDLE)$/i;

/** A newcomer's environment: nothing of the test run, no settings, and no packages of ours on the PATH. */
export const newcomer = (home: string): Record<string, string> => {
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.test(name)));
  const path = process.env.PATH?.split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return { ...environment, HOME: home, PATH: path?.join(delimiter) ?? '' } as Record<string, string>;
};

/** Runs a command in a process group of its own. */
export const launch = (
  [program, ...args]: readonly [string, ...string[]],
  { cwd, env = {}, user }: LaunchOptions,
): Launched => {
  const startedAt = performance.now();
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'], ...user });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  let hasEnded = false;
  const ended = once(child, 'close').then(([code, signal]: (number | NodeJS.Signals | null)[]) => {
    hasEnded = true;
    return typeof code === 'number' ? code : 128 + constants.signals[signal as NodeJS.Signals];
  });
  const { pid = 0 } = child;
  const waitFor = async (words: string): Promise<void> => {
    const isSaid = (): boolean => said.includes(words);
    await waitUntil(words, () => isSaid() || hasEnded, { withinMs: openWithinMs });
    if (!isSaid()) throw new Error(`it ended without "${words}":\n${said}`);
  };
  return {
    pid,
    said: () => said,
    waitFor,
    open: async () => {
      await waitFor('administrator');
      return { ...openHallOf(said), seconds: (performance.now() - startedAt) / 1_000 };
    },
    interrupt: () => {
      process.kill(-pid, 'SIGINT');
      return ended;
    },
    ended,
  };
};

const openHallOf = (said: string): Omit<OpenHall, 'seconds'> => {
  const pages = [...said.matchAll(/^ {2}(Lobby TV|Kiosk|Counter|Manager) +(http\S+)$/gm)];
  const accounts = [...said.matchAll(/^ {2}(\w+) +([\w-]{12,}) +(agent|manager|administrator)$/gm)];
  const [address = ''] = /http:\/\/[\w.]+:\d+/.exec(said) ?? [];
  return {
    address,
    pages: Object.fromEntries(pages.map(([, name, page]) => [name, page])),
    accounts: accounts.map(([, login = '', password = '', role = '']) => ({ login, password, role })),
  };
};

/** `npm start` in a clone, by its user, at any free port. */
export const npmStart = (
  { checkout, home, user }: { checkout: string; home: string; user: User | undefined },
  env: Readonly<Record<string, string>> = {},
): Launched =>
  launch(['npm', 'start', '--', '--port', '0'], { cwd: checkout, env: { ...newcomer(home), ...env }, user });
