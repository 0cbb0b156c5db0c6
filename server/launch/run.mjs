import { spawn } from 'node:child_process';

/**
 * Runs a program to its end and answers with its exit code; signals that reach us reach it too.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<number>}
 */
export const run = (program, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options });
    // Ctrl+C in a terminal reaches the child by itself; what is sent to us alone must be handed on.
    const handOn = (signal) => void child.kill(signal);
    const signals = ['SIGTERM', 'SIGHUP'];
    const stayAlive = () => {};
    process.on('SIGINT', stayAlive);
    for (const signal of signals) process.on(signal, handOn);
    const done = () => {
      process.off('SIGINT', stayAlive);
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
