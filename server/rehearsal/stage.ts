import type { CommandId } from '@antrean/shared/domain/ids.ts';
import type { HallApi } from './hall-api.ts';
import type { HallOfRecord } from './hall-of-record.ts';
import type { Journal } from './journal.ts';
import type { LineBell } from './line-bell.ts';
import type { RecordedClock } from './recorded-clock.ts';
import type { RecordedVisit } from './recorded-day.ts';

/** What visitors and agents of a replay share. */
export interface Stage {
  readonly hall: HallOfRecord;
  readonly visitors: HallApi;
  readonly staff: HallApi;
  readonly clock: RecordedClock;
  readonly bell: LineBell;
  readonly journal: Journal;
  /** Ends the replay early. */
  readonly signal: AbortSignal;
  /** The same parts give the same command id in every repetition of this run. */
  readonly idOf: (...parts: readonly (string | number)[]) => CommandId;
  /** How long to serve a visitor of the record, in its seconds. */
  readonly serviceSecondsOf: (visit: RecordedVisit) => number;
}
