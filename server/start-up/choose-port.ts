import { once } from 'node:events';
import { createServer } from 'node:net';
import { StartUpError } from './start-up-error.ts';

/** The port where nobody named one. */
export const usualPort = 8080;
/** How many ports after the usual one are tried before any free one is taken. */
const neighbours = 20;

/**
 * The named port, for kiosks and TVs were told it; where none is named the usual one, or the next that is free. 0 stands
 * for any. Throws `StartUpError` when the named port cannot be had, or the host is not this machine's.
 */
export const choosePort = async (host: string, named: number | undefined): Promise<number> => {
  if (named !== undefined) {
    const hindrance = await hindranceOf(host, named);
    if (hindrance === null) return named;
    const why = hindrance === 'EACCES' ? 'is not for this user to open' : 'is taken by another program';
    throw new StartUpError(`port ${named} ${why}: name another one (--port or PORT; 0 takes any that is free)`);
  }
  for (let port = usualPort; port <= usualPort + neighbours; port += 1) {
    if ((await hindranceOf(host, port)) === null) return port;
  }
  return 0;
};

/** Why a port cannot be listened on, or null. */
const hindranceOf = async (host: string, port: number): Promise<'EADDRINUSE' | 'EACCES' | null> => {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' || code === 'EACCES') return code;
    throw new StartUpError(`HOST is no address of this machine (${code}): use 127.0.0.1, 0.0.0.0 or one of its own`, {
      cause: error,
    });
  } finally {
    probe.close();
  }
};
