import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import type { SignInTries } from '../access/limit-tries.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import type { InScope } from '../ledger/in-scope.ts';
import type { DatabaseClock } from '../ledger/database-clock.ts';
import type { Halls } from '../hall/halls.ts';
import type { Devices } from './device-store.ts';

/** What the routes of devices work with. */
export interface DevicePorts {
  readonly sql: Sql;
  /** For what staff do with the devices of their hall. */
  readonly inScope: InScope;
  readonly clock: DatabaseClock;
  readonly devices: Devices;
  /** Other kiosks of the branch call staff than before: whoever follows is to know at once, on every node. */
  readonly helpChanged: (branchId: BranchId) => void;
  readonly halls: Pick<Halls, 'branch'>;
  readonly tries: SignInTries;
  /** Keeps whoever asks for codes without end from filling the table. */
  readonly pairings: RateLimiterAbstract;
}
