import postgres from 'postgres';
import { type SocketAddress, watchedSocket } from './watched-socket.ts';

export type Sql = postgres.Sql;

/** How long the client waits for a statement before it calls the outcome unknown, ms. The server gives up earlier. */
export const clientTimeoutMs = 4_000;

/**
 * Opens the pool. Every statement has an end: Postgres cancels after 3 s, gives up on a lock after 1 s, and
 * `withinTimeout` bounds what the server cannot (a frozen backend; postgres.js has no time-out of its own). Right after
 * that a connection that has not answered is given up and replaced.
 *
 * @param idleSeconds after so long without a statement a connection is closed; 0: never
 * @param scope which halls' rows a connection sees where tables are guarded by row (`ofHallInScope`)
 */
export const connectPostgres = (url: string, { connections = 10, scope = '*', idleSeconds = 0 } = {}): Sql =>
  postgres(url, {
    max: connections,
    connect_timeout: 5,
    idle_timeout: idleSeconds,
    keep_alive: 10,
    // Seconds. By itself postgres.js waits up to 20 s before it connects again: longer than a restart may be felt.
    backoff: (tries) => Math.min(0.05 * tries, 0.5),
    // Of postgres.js 3, but missing in its types.
    ...{ socket: (address: SocketAddress) => watchedSocket(address, clientTimeoutMs + 500) },
    // Otherwise each new connection asks for all array types first and leaves the answer to nobody: one that is lost just then
    // would end the process, or forget the statement it was opened for. Lists go as `lines`.
    fetch_types: false,
    onnotice: () => {},
    connection: {
      application_name: 'antrean',
      statement_timeout: 3_000,
      lock_timeout: 1_000,
      idle_in_transaction_session_timeout: 5_000,
      plan_cache_mode: 'force_generic_plan',
      'antrean.scope': scope,
    },
  });

/**
 * A list's values, one a line, for `string_to_array(…, chr(10))`: no value may have a line break, and neither an id nor JSON
 * has. As an array postgres.js would put every quote of the JSON behind a backslash, and Postgres take them all away again.
 */
export const lines = (values: readonly (string | number)[]): string => values.join('\n');

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
