import { type Hall, waitingFor } from '../domain/hall.ts';
import type { AgencyId, ServiceId } from '../domain/ids.ts';
import { isServiceOf } from '../domain/of-agency.ts';
import type { BranchSetup } from '../domain/setup.ts';
import type { PastView } from '../protocol/past.ts';
import { isShownTo } from './agency-floor.ts';
import { viewOf } from './audience.ts';

/**
 * A hall as its manager's page and its public screens showed it (PAST-1), and who waited.
 *
 * @param only the agency whose staff asks, by the set-up as it is now, for so is the account; `null`: all
 */
export const pastViewOf = (
  hall: Hall,
  setup: BranchSetup,
  only: AgencyId | null,
): Pick<PastView, 'floor' | 'board' | 'waiting'> => {
  const floor = [...viewOf('floor', hall)];
  const services = [...new Set([...hall.lines.values()].map(({ serviceId }) => serviceId))];
  return {
    floor: only === null ? floor : floor.filter(([key]) => isShownTo(only, hall, setup, key)),
    board: [...viewOf('board', hall)],
    waiting: services
      .filter((serviceId: ServiceId) => only === null || isServiceOf(setup, serviceId, only))
      .map((serviceId) => ({ serviceId, numbers: waitingFor(hall, serviceId).map(({ number }) => number) })),
  };
};
