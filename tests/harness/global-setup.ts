import type { TestProject } from 'vitest/node';
import { startTestPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The Postgres that all test files share; each takes a database of its own. */
    postgresUrl: string;
  }
}

/** One Postgres for the whole run. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const server = await startTestPostgres({ fsync: false });
  project.provide('postgresUrl', server.url);
  return server.stop;
};
