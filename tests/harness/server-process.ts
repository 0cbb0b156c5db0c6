import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import flags from '@antrean/server/launch/node-flags.json' with { type: 'json' };

/** A server in a process of its own: to measure it, or to kill it. */
export interface ServerProcess {
  readonly address: string;
  readonly pid: number;
  /** Resident memory after a garbage collection, MB. */
  readonly rssMb: () => Promise<number>;
  /** `kill -9`, and waits until it is gone. */
  readonly stop: () => Promise<void>;
}

/** One server node of Antrean: wants `DATABASE_URL` and `REDIS_URL`, takes `PORT` and `LOG_LEVEL`. */
export const antreanScript = new URL('serve-antrean.ts', import.meta.url);

/** Starts a script that sends its address when it serves. Throws when it ends before that. */
export const startServer = async (script: URL, env: Record<string, string> = {}): Promise<ServerProcess> => {
  const child: ChildProcess = fork(script, {
    env: { ...process.env, ...env },
    execArgv: [...flags, '--expose-gc'],
  });
  const ask = async <T>(question?: string): Promise<T> => {
    if (question) child.send(question);
    // Whichever comes second is listened to no longer.
    const over = new AbortController();
    const { signal } = over;
    const gone = once(child, 'exit', { signal }).then(() => Promise.reject(new Error(`${script.pathname} ended`)));
    const [answer] = await Promise.race([once(child, 'message', { signal }), gone]).finally(() => over.abort());
    gone.catch(() => {});
    return answer as T;
  };
  const { address } = await ask<{ address: string }>();
  return {
    address,
    pid: child.pid ?? 0,
    rssMb: async () => (await ask<{ rssMb: number }>('rss')).rssMb,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
};
