import { hash } from 'node:crypto';

/** A code that people type, as it is kept: capitals, blanks and dashes that they leave out or add do not matter. */
export const hashOfCode = (code: string): string =>
  hash('sha256', code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''), 'hex');
