import { accessSync, constants, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Makes a folder that holds Node, npm and the shell that npm runs scripts with, and nothing else: as a PATH it is a
 * machine without Redis, git or any other tool.
 */
export const onlyNodeAndNpm = (folder: string, path: string): string => {
  mkdirSync(folder);
  for (const program of ['node', 'npm', 'npx', 'sh']) {
    const place = path
      .split(delimiter)
      .map((each) => join(each, program))
      .find(canRun);
    if (!place) throw new Error(`${program} is not on the PATH`);
    symlinkSync(realpathSync(place), join(folder, program));
  }
  return folder;
};

const canRun = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};
