import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';

/** Argon2id with 19 MiB, two passes, one lane: the first recommendation of the OWASP password storage cheat sheet. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashing runs off the event loop, but not on more cores than there are: sign-ins must not slow down the calls. */
const lanes = Math.max(1, availableParallelism() - 1);
let running = 0;
const waiting: (() => void)[] = [];

const inLane = async <T>(work: () => Promise<T>): Promise<T> => {
  if (running >= lanes) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
};

export const hashPassword = (password: string): Promise<string> => inLane(() => hash(password, cost));

export const isPassword = (passwordHash: string, password: string): Promise<boolean> =>
  inLane(() => verify(passwordHash, password));
