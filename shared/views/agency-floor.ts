import type { Hall } from '../domain/hall.ts';
import type { AgencyId, CounterId, ServiceId, TicketId } from '../domain/ids.ts';
import { isCounterOf, isServiceOf, isTicketOf } from '../domain/of-agency.ts';
import type { BranchSetup } from '../domain/setup.ts';
import { splitKey } from './board.ts';

/** Whether staff of one agency see an entry of the floor: what everybody in the hall sees, and their own desks and visitors (ALLOW-4). */
export const isShownTo = (agencyId: AgencyId, hall: Hall, setup: BranchSetup, key: string): boolean => {
  const [kind, id = ''] = splitKey(key);
  switch (kind) {
    case 'totals':
      return false;
    case 'desk':
    case 'visit':
    case 'undo':
      return isCounterOf(setup, id as CounterId, agencyId);
    case 'paused':
      return isServiceOf(setup, id as ServiceId, agencyId);
    case 'aside':
      return isTicketOf(hall, setup, id as TicketId, agencyId);
    default:
      return true;
  }
};
