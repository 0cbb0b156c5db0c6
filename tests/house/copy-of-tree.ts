import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { files, root } from './tree.ts';

export interface CopyOfTree {
  readonly folder: string;
  /** Writes a file into the copy; its folders are made. */
  readonly write: (file: string, text: string) => void;
  readonly remove: () => void;
}

/** A copy of what was written, with what was installed linked to it: somewhere to break rules in. */
export const copyOfTree = (): CopyOfTree => {
  const folder = mkdtempSync(join(tmpdir(), 'antrean-planted-'));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const { name } of readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    try {
      // Links of a package's own, such as `@antrean/shared`, lead to the copy's packages.
      cpSync(join(root, name, 'node_modules'), join(folder, name, 'node_modules'), {
        recursive: true,
        verbatimSymlinks: true,
        filter: (path) => !/[\\/]\.vite/.test(path),
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return {
    folder,
    write: (file, text) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
