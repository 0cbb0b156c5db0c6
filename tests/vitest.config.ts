import { defineConfig } from 'vitest/config';
import { LongestFirst } from './harness/longest-first.ts';

/** Every test runs on the real thing: one Postgres for the run, a database and a Redis of its own for each file. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    globalSetup: ['./harness/global-setup.ts'],
    // Guards against what never ends; two files share two processors with browsers, and whoever is slow is not wrong.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // CommonJS packages look as they do to Node, which runs the product.
    deps: { interopDefault: false },
  },
});
