import { readFileSync, readlinkSync } from 'node:fs';

const everyMs = 50;

/**
 * Ends a process that an earlier run of this installation left behind when it was killed, and waits until it is gone.
 * Only a process whose command line names `mark`, or whose folder it is (a path of this installation), is touched: pids
 * are used again.
 */
export const endLeftOver = async (
  pid: number,
  mark: string,
  signal: NodeJS.Signals,
  withinMs = 20_000,
): Promise<void> => {
  if (!isRunning(pid, mark)) return;
  process.kill(pid, signal);
  const deadline = Date.now() + withinMs;
  while (isRunning(pid, mark)) {
    if (Date.now() > deadline) throw new Error(`process ${pid} of an earlier run does not end: end it and start again`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
};

/** Whether a process runs whose command line names `mark`, or which has `mark` as its working folder. */
export const isRunning = (pid: number, mark: string): boolean => {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    // A zombie has an empty command line.
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return commandLine.includes(mark) || (commandLine !== '' && readlinkSync(`/proc/${pid}/cwd`) === mark);
  } catch {
    // Without /proc nobody can tell whose it is: leave it alone.
    return false;
  }
};
