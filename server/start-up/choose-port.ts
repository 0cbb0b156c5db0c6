import { once } from 'node:events';
import { createServer } from 'node:net';
import { StartUpError } from './start-up-error.ts';

/** How many ports after the wanted one are tried before any free one is taken. */
const neighbours = 20;

/** The wanted port if it is free, else the next free one. Throws `StartUpError` when the host is not this machine's. */
export const choosePort = async (host: string, wanted: number): Promise<number> => {
  if (wanted === 0) return 0;
  for (let port = wanted; port <= Math.min(wanted + neighbours, 65_535); port += 1) {
    if (await isFree(host, port)) return port;
  }
  return 0;
};

const isFree = async (host: string, port: number): Promise<boolean> => {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' || code === 'EACCES') return false;
    throw new StartUpError(`HOST is no address of this machine (${code}): use 127.0.0.1, 0.0.0.0 or one of its own`, {
      cause: error,
    });
  } finally {
    probe.close();
  }
};
