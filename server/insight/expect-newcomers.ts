import type { ExpectedWait } from '@antrean/shared/domain/expected-wait.ts';
import type { BranchId, PriorityId, ServiceId } from '@antrean/shared/domain/ids.ts';
import { nextOpening } from '@antrean/shared/domain/next-opening.ts';
import { shutServices } from '@antrean/shared/domain/shut-services.ts';
import type { BoardWaits } from '@antrean/shared/protocol/screens.ts';
import { waitRangeOf } from '@antrean/shared/views/wait-range.ts';
import type { Halls } from '../hall/halls.ts';
import type { Waits } from './waits.ts';

interface Ports {
  readonly halls: Pick<Halls, 'branch'>;
  readonly waits: Waits;
}

/**
 * How long whoever comes now would wait for each service of a branch, `null` where no counter serves it (WAIT-1). Throws
 * what `Halls.branch` and Postgres throw.
 *
 * @param at epoch ms
 */
export const expectNewcomers = async (
  { halls, waits }: Ports,
  branchId: BranchId,
  { at, priority }: { readonly at: number; readonly priority: PriorityId | null },
): Promise<ReadonlyMap<ServiceId, ExpectedWait | null>> => {
  const { setup } = await halls.branch(branchId);
  const ids = [...setup.services.keys()];
  const learnt = await waits.of(branchId);
  const expected = await learnt.expect(
    ids.map((serviceId) => ({ serviceId, priority, queuedAt: at })),
    at,
  );
  return new Map(ids.map((serviceId, index) => [serviceId, expected[index] ?? null]));
};

/**
 * What public screens are told of it, which services give no numbers, and when a closed hall opens: of waits they have no room to say that a figure
 * is a guess. Throws as `expectNewcomers` does.
 */
export const boardWaits = async (ports: Ports, branchId: BranchId, at: number): Promise<BoardWaits> => {
  const expected = await expectNewcomers(ports, branchId, { at, priority: null });
  const services = [...expected].flatMap(([id, wait]) =>
    wait && !wait.restsOn.thin ? [{ id, ...waitRangeOf(wait) }] : [],
  );
  const { hall, setup } = await ports.halls.branch(branchId);
  const opensAt = hall.day?.isOpen ? null : nextOpening(hall, setup, at);
  return { at, services, shut: shutServices(hall, setup, at), ...(opensAt !== null && { opensAt }) };
};
