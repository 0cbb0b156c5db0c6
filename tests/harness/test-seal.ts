import { Seal } from '@antrean/server/access/seal.ts';

/** The same at every node of a test. */
export const testSeal = new Seal([Buffer.from('a key for tests, of thirty-two B')]);
