import postgres from 'postgres';
import { type SocketAddress, watchedSocket } from './watched-socket.ts';

export type Sql = postgres.Sql;

/** How long the client waits for a statement before it calls the outcome unknown, ms. The server gives up earlier. */
export const clientTimeoutMs = 4_000;

/**
 * Opens the pool. Every statement has an end: Postgres cancels after 3 s, gives up on a lock after 1 s, and
 * `withinTimeout` bounds what the server cannot (a frozen backend; postgres.js has no time-out of its own). Right after
 * that a connection that has not answered is given up and replaced.
 */
export const connectPostgres = (url: string, connections = 10): Sql => {
  outliveTypeQuery();
  return postgres(url, {
    max: connections,
    connect_timeout: 5,
    idle_timeout: 0,
    keep_alive: 10,
    // Seconds. By itself postgres.js waits up to 20 s before it connects again: longer than a restart may be felt.
    backoff: (tries) => Math.min(0.05 * tries, 0.5),
    // Of postgres.js 3, but missing in its types.
    ...{ socket: (address: SocketAddress) => watchedSocket(address, clientTimeoutMs + 500) },
    onnotice: () => {},
    connection: {
      application_name: 'antrean',
      statement_timeout: 3_000,
      lock_timeout: 1_000,
      idle_in_transaction_session_timeout: 5_000,
      plan_cache_mode: 'force_generic_plan',
    },
  });
};

let isOutlived = false;

/**
 * postgres.js asks the server for its array types on each new connection and leaves the answer to nobody
 * (`fetchArrayTypes` in its connection.js, 3.4.9): a connection lost just then would end the process. It is replaced
 * like any other.
 */
const outliveTypeQuery = (): void => {
  if (isOutlived) return;
  isOutlived = true;
  process.on('unhandledRejection', (reason: unknown) => {
    const query = (reason as { query?: unknown } | null)?.query;
    if (typeof query !== 'string' || !query.includes('pg_catalog.pg_type')) throw reason;
  });
};

export class ClientTimeout extends Error {
  constructor() {
    super(`Postgres did not answer within ${clientTimeoutMs} ms`);
  }
}

/** Rejects with `ClientTimeout` when the statement has no answer in time; the statement may still take effect. */
export const withinTimeout = <T>(query: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new ClientTimeout()), clientTimeoutMs);
    query.then(resolve, reject).finally(() => clearTimeout(timer));
  });
