import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Halls } from '../hall/halls.ts';
import type { DatabaseClock } from '../ledger/database-clock.ts';
import type { InScope } from '../ledger/in-scope.ts';

/** What the routes of alerts work with. */
export interface AlertPorts {
  readonly inScope: InScope;
  readonly clock: DatabaseClock;
  readonly halls: Pick<Halls, 'branch'>;
  /** The alerts of a hall are others than before: whoever follows is to know at once, on every node. */
  readonly alertsChanged: (branchId: BranchId) => void;
}
