import type { Sql } from '../ledger/connect-postgres.ts';
import type { InScope } from '../ledger/in-scope.ts';
import type { FactorPolicy } from './factor-policy.ts';
import type { SignInTries } from './limit-tries.ts';
import type { OidcIssuer } from './oidc-issuer.ts';
import type { Seal } from './seal.ts';
import type { StaffSessions } from './session-store.ts';

/** What the routes of accounts and sessions work with. */
export interface AccessPorts {
  readonly sql: Sql;
  readonly inScope: InScope;
  readonly sessions: StaffSessions;
  readonly tries: SignInTries;
  readonly seal: Seal;
  readonly secondFactor: FactorPolicy;
  /** The place that vouches for people; `null`: none. */
  readonly oidc: OidcIssuer | null;
  /** The database's clock, epoch ms. */
  readonly now: () => number;
}
