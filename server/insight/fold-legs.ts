import { setImmediate as nextTurn } from 'node:timers/promises';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import { nothingLearnt } from '@antrean/shared/domain/expected-wait.ts';
import { followWaits, type WaitsFold } from '@antrean/shared/domain/follow-waits.ts';
import { draftOf } from '@antrean/shared/domain/hall-draft.ts';
import { emptyHall } from '@antrean/shared/domain/hall.ts';
import type { BranchId, TicketId } from '@antrean/shared/domain/ids.ts';
import { type KeptWaits, keptWaits, waitsKept } from '@antrean/shared/domain/kept-waits.ts';
import { standardsOf } from '@antrean/shared/domain/service-times.ts';
import type { BranchSetup } from '@antrean/shared/domain/setup.ts';
import { type DayLegs, startDayLegs, type VisitLeg } from '@antrean/shared/domain/visit-legs.ts';
import { waitRangeOf } from '@antrean/shared/views/wait-range.ts';
import type { SetupInTime } from './setups-in-time.ts';

/** Events taken in between two turns of the loop: the hall's commands come first. */
const chunkSize = 50;

/** Where the fold of a branch stands. */
export interface LegsFold {
  readonly epoch: string;
  readonly legs: DayLegs;
  /** What visitors could be told, as a node that answers them reckons it. */
  readonly waits: WaitsFold;
  readonly setups: SetupInTime;
  /** By which the hall works; `null` before its first day. */
  setup: BranchSetup | null;
  version: number;
  /** The version that opened its day. */
  dayVersion: number;
  /** What had been learnt when that day began. */
  dayWaits: KeptWaits;
}

/** What is to be written of some events. */
export interface Lot {
  readonly rows: (VisitLeg & { readonly day: string })[];
  /** Of visits whose acts were taken back: so many legs they have, and no more. */
  readonly shorter: { readonly day: string; readonly ticketId: TicketId; readonly legs: number }[];
  /** What had been learnt before the day of the last event; `null`: what was so before these, too. */
  readonly dayWaits: KeptWaits | null;
}

/** @param kept where it goes on, before the event that opened a day; absent: the ledger's beginning */
export const startLegsFold = (
  branchId: BranchId,
  epoch: string,
  setups: SetupInTime,
  kept: { readonly dayVersion: number; readonly dayWaits: KeptWaits } | null,
): LegsFold => {
  const version = Math.max(0, (kept?.dayVersion ?? 0) - 1);
  const learnt = kept ? waitsKept(kept.dayWaits) : nothingLearnt();
  return {
    ...{ epoch, setups, version },
    legs: startDayLegs(),
    waits: { hall: draftOf(emptyHall(branchId, version)), learnt },
    setup: null,
    dayVersion: kept?.dayVersion ?? 0,
    dayWaits: keptWaits(learnt),
  };
};

/** Folds events, and answers with the rows that have changed by them. Throws what reading a set-up throws. */
export const takeLegs = async (fold: LegsFold, events: readonly HallEvent[]): Promise<Lot> => {
  const rows: Lot['rows'] = [];
  const shorter: Lot['shorter'] = [];
  let dayWaits: Lot['dayWaits'] = null;
  const changed = new Set<TicketId>();
  const shortened = new Set<TicketId>();
  const gather = (): void => {
    const day = fold.legs.date();
    if (day === null) return;
    for (const ticketId of changed) for (const leg of fold.legs.of(ticketId)) rows.push({ ...leg, day });
    for (const ticketId of shortened) shorter.push({ day, ticketId, legs: fold.legs.of(ticketId).length });
    changed.clear();
    shortened.clear();
  };
  for (const [index, event] of events.entries()) {
    if (index % chunkSize === chunkSize - 1) await nextTurn();
    if (event.type === 'day.opened' && event.data.date !== fold.legs.date()) {
      gather();
      fold.dayVersion = event.version;
      fold.dayWaits = dayWaits = keptWaits(fold.waits.learnt);
    }
    const ticketId = fold.legs.take(event, await tellOf(fold, event));
    if (ticketId) changed.add(ticketId);
    if (ticketId && event.type === 'ticket.undone') shortened.add(ticketId);
    fold.version = event.version;
  }
  gather();
  return { rows, shorter, dayWaits };
};

/** What whoever joins a line by an event is told, in steps as it is told. */
const tellOf = async (fold: LegsFold, event: HallEvent) => {
  if (event.type === 'day.opened') await workBy(fold, event.data.setupRevision);
  if (event.type === 'setup.changed') await workBy(fold, event.data.revision);
  const setup = fold.setup ?? (await workBy(fold, fold.waits.hall.setupRevision));
  const told = followWaits(fold.waits, event, setup);
  return told && waitRangeOf(told);
};

const workBy = async (fold: LegsFold, revision: number): Promise<BranchSetup> => {
  const setup = await fold.setups(revision);
  fold.setup = setup;
  fold.waits.learnt = { ...fold.waits.learnt, standards: standardsOf(setup) };
  return setup;
};
