import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Seal } from '../access/seal.ts';
import type { Halls } from '../hall/halls.ts';
import type { DatabaseClock } from '../ledger/database-clock.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import type { InScope } from '../ledger/in-scope.ts';
import type { ChannelPorts } from './deliver-message.ts';

/** What the routes of alerts work with. */
export interface AlertPorts extends ChannelPorts {
  readonly inScope: InScope;
  readonly sql: Sql;
  readonly clock: DatabaseClock;
  readonly halls: Pick<Halls, 'branch'>;
  /** The alerts of a hall are others than before: whoever follows is to know at once, on every node. */
  readonly alertsChanged: (branchId: BranchId) => void;
  readonly seal: Pick<Seal, 'open' | 'close'>;
}
