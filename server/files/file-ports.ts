import type { InScope } from '../ledger/in-scope.ts';
import type { Redrawing } from './redrawing.ts';

/** What the routes of files work with. */
export interface FilePorts {
  readonly inScope: InScope;
  readonly redrawing: Redrawing;
}
