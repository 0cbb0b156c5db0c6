import { expect } from 'vitest';

/** Expects of what a screen shows sooner or later: it follows the hall, and how soon depends on the machine. */
export const eventually = <T>(read: () => T | Promise<T>, timeout = 20_000) =>
  expect.poll(read, { timeout, interval: 100 });
