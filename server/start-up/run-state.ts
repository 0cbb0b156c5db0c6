import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How the installation that runs with a data folder is reached; for the commands that work on it meanwhile. */
export interface RunState {
  readonly address: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** A demo account that may do what a manager may; absent where there is no demo. */
  readonly demoManager?: { readonly login: string; readonly password: string };
}

const fileOf = (data: string): string => join(data, 'running.json');

/** Readable for nobody else: it names passwords. */
export const writeRunState = (data: string, state: RunState): void => {
  const unfinished = `${fileOf(data)}.new`;
  writeFileSync(unfinished, JSON.stringify(state), { mode: 0o600 });
  renameSync(unfinished, fileOf(data));
};

export const removeRunState = (data: string): void => rmSync(fileOf(data), { force: true });

/** `undefined` when nothing runs there. */
export const readRunState = (data: string): RunState | undefined => {
  try {
    return JSON.parse(readFileSync(fileOf(data), 'utf8')) as RunState;
  } catch {
    return undefined;
  }
};
