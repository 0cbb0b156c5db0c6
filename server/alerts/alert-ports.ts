import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Halls } from '../hall/halls.ts';
import type { DatabaseClock } from '../ledger/database-clock.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import type { InScope } from '../ledger/in-scope.ts';
import type { Mailer } from './mailer.ts';

/** What the routes of alerts work with. */
export interface AlertPorts {
  readonly inScope: InScope;
  readonly sql: Sql;
  readonly clock: DatabaseClock;
  readonly halls: Pick<Halls, 'branch'>;
  /** The alerts of a hall are others than before: whoever follows is to know at once, on every node. */
  readonly alertsChanged: (branchId: BranchId) => void;
  /** `null`: there is no mail server. */
  readonly mailer: Mailer | null;
  readonly publicUrl?: URL | undefined;
}
