import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** One Ctrl+C can reach us twice, from the terminal and from npm: what follows so soon is the same wish, ms. */
const sameWishMs = 1_000;
/** How often is looked whether npm is still there, ms. */
const lookMs = 500;

/**
 * Runs a program to its end and answers with its exit code. It has a process group of its own, so that a signal reaches
 * it once, from us. When npm, which started us, is killed, the program is ended too: nobody else would.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @param {'group' | 'program'} reached whether what the program started in its group hears a signal too
 * @returns {Promise<number>}
 */
export const run = (program, args, options = {}, reached = 'group') =>
  new Promise((resolve, reject) => {
    const isGroup = process.platform !== 'win32';
    const child = spawn(program, args, { stdio: 'inherit', detached: isGroup, ...options });
    const send = (signal) => {
      try {
        if (isGroup && reached === 'group') process.kill(-child.pid, signal);
        else child.kill(signal);
      } catch {
        // It has ended meanwhile.
      }
    };
    let saidAt = -Infinity;
    const handOn = (signal) => {
      if (performance.now() - saidAt < sameWishMs) return;
      saidAt = performance.now();
      send(signal);
    };
    for (const signal of signals) process.on(signal, handOn);
    const before = launchers();
    const watch = process.env.npm_lifecycle_event
      ? setInterval(() => launchers() !== before && handOn('SIGTERM'), lookMs)
      : undefined;
    const done = () => {
      clearInterval(watch);
      for (const signal of signals) process.off(signal, handOn);
    };
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      done();
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });

/**
 * Who started us. Between npm and us there may be a shell that waits for us, and outlives npm: then its parent too.
 * Without /proc there is none, or nobody can tell.
 */
const launchers = () => {
  const parent = process.ppid;
  try {
    const stat = readFileSync(`/proc/${parent}/stat`, 'utf8');
    const nameEnd = stat.lastIndexOf(')');
    const isShell = stat.slice(0, nameEnd).endsWith('sh');
    return isShell ? `${parent} of ${stat.slice(nameEnd + 2).split(' ')[1]}` : `${parent}`;
  } catch {
    return `${parent}`;
  }
};

/** Node keeps what it made of each file: a third of the time it takes to load the server. */
const compiled = fileURLToPath(new URL('../../node_modules/.antrean/compiled', import.meta.url));

/** Like `run`, for a program of ours: it is told by a closed channel when we are killed, and ends itself. */
export const runOurs = (program, args, reached = 'group') => {
  const env = { NODE_COMPILE_CACHE: compiled, ...process.env };
  return run(program, args, { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] }, reached);
};
