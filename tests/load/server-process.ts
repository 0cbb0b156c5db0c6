import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A server under measurement, in a process of its own. */
export interface ServerProcess {
  readonly address: string;
  /** Resident memory after a garbage collection, MB. */
  readonly rssMb: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

export const startServer = async (
  script: 'serve-antrean.ts' | 'serve-bare.ts',
  env: Record<string, string> = {},
): Promise<ServerProcess> => {
  const child: ChildProcess = fork(fileURLToPath(new URL(script, import.meta.url)), {
    env: { ...process.env, ...env },
    execArgv: ['--expose-gc'],
  });
  const ask = async <T>(question?: string): Promise<T> => {
    if (question) child.send(question);
    const [answer] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error(`${script} ended`))),
    ]);
    return answer as T;
  };
  const { address } = await ask<{ address: string }>();
  return {
    address,
    rssMb: async () => (await ask<{ rssMb: number }>('rss')).rssMb,
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
};
