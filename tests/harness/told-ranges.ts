import { estimateWait, learnWait, nothingLearnt } from '@antrean/shared/domain/expected-wait.ts';
import type { HallEvent } from '@antrean/shared/domain/events.ts';
import { evolve } from '@antrean/shared/domain/evolve.ts';
import { emptyHall } from '@antrean/shared/domain/hall.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { observationsOf, situationOf } from '@antrean/shared/domain/observe-waits.ts';
import { standardsOf } from '@antrean/shared/domain/service-times.ts';
import type { BranchSetup } from '@antrean/shared/domain/setup.ts';
import { countsFrom } from '@antrean/shared/domain/ticket.ts';
import type { VisitLeg } from '@antrean/shared/domain/visit-legs.ts';

type Told = Pick<VisitLeg, 'toldFrom' | 'toldTo'>;

/**
 * What visitors could be told when they joined, by asking whoever folds the hall at that moment: event by event from the
 * ledger's beginning, by which each leg finds what was told.
 */
export const toldRanges = (
  events: readonly HallEvent[],
  setupOf: (revision: number) => BranchSetup,
): ((leg: VisitLeg) => Told) => {
  const told = new Map<string, Told>();
  let hall = emptyHall('asked' as BranchId);
  let setup = setupOf(0);
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
    for (const observation of observationsOf(event, hall, setup)) {
      if (observation.kind === 'joined' && (event.type === 'ticket.issued' || event.type === 'ticket.went-on')) {
        const { ticketId } = event.data;
        const [serviceId, priority, queuedAt] =
          event.type === 'ticket.issued'
            ? [event.data.serviceId, event.data.priority, countsFrom(event.data, at)]
            : [event.data.toServiceId, hall.tickets.get(ticketId)!.priority, at];
        const said = estimateWait(learnt, situationOf(hall, setup, { serviceId, priority, queuedAt }, at));
        const fives = (ms: number): number => 5 * Math.max(1, Math.ceil(ms / 300_000));
        told.set(keyOf({ ticketId, serviceId, queuedAt: at }), {
          toldFrom: said && fives(said.p50Ms),
          toldTo: said && Math.max(fives(said.p90Ms), fives(said.p50Ms) + 5),
        });
      }
      learnt = learnWait(learnt, observation);
    }
    hall = evolve(hall, event);
  }
  const nothing: Told = { toldFrom: null, toldTo: null };
  return (leg) => told.get(keyOf(leg)) ?? nothing;
};

const keyOf = ({ ticketId, serviceId, queuedAt }: Pick<VisitLeg, 'ticketId' | 'serviceId' | 'queuedAt'>): string =>
  `${ticketId} ${serviceId} ${queuedAt}`;
