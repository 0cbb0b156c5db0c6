import { estimateWait, type ExpectedWait, learnWait, nothingLearnt } from '@antrean/shared/domain/expected-wait.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import { evolve } from '@antrean/shared/domain/evolve.ts';
import { emptyHall } from '@antrean/shared/domain/hall.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { observationsOf, situationOf } from '@antrean/shared/domain/observe-waits.ts';
import { standardsOf } from '@antrean/shared/domain/service-times.ts';
import type { BranchSetup } from '@antrean/shared/domain/setup.ts';
import { countsFrom } from '@antrean/shared/domain/ticket.ts';
import { startDayLegs, type VisitLeg } from '@antrean/shared/domain/visit-legs.ts';

type Told = Pick<VisitLeg, 'toldFrom' | 'toldTo'>;

/**
 * What visitors could be told when they joined, by asking whoever folds the hall at that moment: event by event from the
 * ledger's beginning.
 *
 * @returns gives the legs of whole visits what was told
 */
export const toldRanges = (
  events: readonly HallEvent[],
  setupOf: (revision: number) => BranchSetup,
): (<Leg extends VisitLeg>(legs: readonly Leg[]) => (Leg & Told)[]) => {
  const told = new Map<string, Told>();
  let hall = emptyHall('asked' as BranchId);
  let setup = setupOf(0);
  const legs = startDayLegs();
  let learnt = nothingLearnt(standardsOf(setup));
  for (const event of events) {
    const revision =
      event.type === 'day.opened'
        ? event.data.setupRevision
        : event.type === 'setup.changed'
          ? event.data.revision
          : null;
    if (revision !== null) {
      setup = setupOf(revision);
      learnt = { ...learnt, standards: standardsOf(setup) };
    }
    const { at } = event;
    let said: ExpectedWait | null = null;
    for (const observation of observationsOf(event, hall, setup)) {
      if (observation.kind === 'joined' && (event.type === 'ticket.issued' || event.type === 'ticket.went-on')) {
        const [serviceId, priority, queuedAt] =
          event.type === 'ticket.issued'
            ? [event.data.serviceId, event.data.priority, countsFrom(event.data, at)]
            : [event.data.toServiceId, hall.tickets.get(event.data.ticketId)!.priority, at];
        said = estimateWait(learnt, situationOf(hall, setup, { serviceId, priority, queuedAt }, at));
      }
      learnt = learnWait(learnt, observation);
    }
    const ticketId = legs.take(event);
    if (ticketId && (event.type === 'ticket.issued' || event.type === 'ticket.went-on')) {
      const fives = (ms: number): number => 5 * Math.max(1, Math.ceil(ms / 300_000));
      told.set(`${ticketId} ${legs.of(ticketId).at(-1)!.leg}`, {
        toldFrom: said && fives(said.p50Ms),
        toldTo: said && Math.max(fives(said.p90Ms), fives(said.p50Ms) + 5),
      });
    }
    // In place of one that went on and was taken back.
    if (ticketId && event.type === 'ticket.transferred' && event.data.toServiceId !== event.data.serviceId)
      told.delete(`${ticketId} ${legs.of(ticketId).at(-1)!.leg}`);
    hall = evolve(hall, event);
  }
  return (these) => these.map((leg) => ({ ...leg, ...(told.get(`${leg.ticketId} ${leg.leg}`) ?? nothing) }));
};

const nothing: Told = { toldFrom: null, toldTo: null };
