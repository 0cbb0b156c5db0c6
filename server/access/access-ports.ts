import type { Sql } from '../ledger/connect-postgres.ts';
import type { InScope } from '../ledger/in-scope.ts';
import type { SignInTries } from './limit-tries.ts';
import type { StaffSessions } from './session-store.ts';

/** What the routes of accounts and sessions work with. */
export interface AccessPorts {
  readonly sql: Sql;
  readonly inScope: InScope;
  readonly sessions: StaffSessions;
  readonly tries: SignInTries;
}
