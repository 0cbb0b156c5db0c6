import { alertChanges } from '@antrean/shared/domain/alerts.ts';
import type { AlertChannel } from '@antrean/shared/protocol/alert-subscribers.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import type { Branch } from '../hall/branch.ts';
import { DayShares, type SharePorts } from './keep-shares.ts';
import { readFacts } from './read-facts.ts';
import { writeChanges } from './write-changes.ts';

/** How often is looked, ms: managers are told within a second (ALERT-4). */
const lookEveryMs = 500;

export interface WatchPorts extends SharePorts {
  /** The alerts of a hall are others than before: whoever follows is to know at once, on every node. */
  readonly changed: (branchId: BranchId) => void;
  /** By what messages go out. */
  readonly channels: readonly AlertChannel[];
  readonly warn: (message: string, details: object) => void;
}

/**
 * Raises alerts and ends them (ALERT-4). Every node looks, as all follows from the state: what one has written another finds
 * written, and a node that is behind changes nothing.
 *
 * @returns stops looking
 */
export const watchAlerts = (ports: WatchPorts): (() => Promise<void>) => {
  const shares = new DayShares(ports);
  let looking: Promise<void> | null = null;
  let hasStanding = true;
  let isAway = false;

  const look = async (): Promise<void> => {
    const branches = ports.branches().filter(({ isSetupOld }) => !isSetupOld);
    // Nothing can be raised, and nothing stands: a hall without limits costs nothing.
    if (!hasStanding && branches.every(({ setup }) => setup.rules.alerts === undefined)) return;
    const withDevices = branches.filter(({ hall, setup }) => hall.day?.isOpen && setup.rules.alerts?.silentMinutes);
    const facts = await readFacts(
      ports.sql,
      branches.map(({ id }) => id),
      withDevices.map(({ id }) => id),
    );
    hasStanding = facts.standing.length > 0;
    for (const branch of branches) await lookAt(ports, shares, branch, facts);
  };

  const timer = setInterval(() => {
    looking ??= look()
      .then(
        () => (isAway = false),
        (error: Error) => {
          if (!isAway) ports.warn('alerts cannot be looked after now', { reason: error.message });
          isAway = true;
        },
      )
      .then(() => void (looking = null));
  }, lookEveryMs);

  return async () => {
    clearInterval(timer);
    await Promise.all([looking, shares.close()]);
  };
};

const lookAt = async (
  ports: WatchPorts,
  shares: DayShares,
  branch: Branch,
  { at, standing, devices }: Awaited<ReturnType<typeof readFacts>>,
): Promise<void> => {
  const { id, hall, setup, epoch } = branch;
  const isOwn = ({ branchId }: { readonly branchId: BranchId }): boolean => branchId === id;
  const changes = alertChanges(standing.filter(isOwn), {
    hall,
    confirmsArrival: setup.rules.confirmsArrival,
    limits: setup.rules.alerts ?? {},
    now: at,
    waits: shares.of(branch),
    devices: devices.filter(isOwn),
  });
  if (Object.values(changes).every((list: readonly unknown[]) => list.length === 0)) return;
  const looked = {
    branchId: id,
    epoch,
    version: hall.version,
    at,
    date: hall.day?.date ?? '',
    channels: ports.channels,
  };
  if (await writeChanges(ports.sql, looked, changes)) ports.changed(id);
};
