import { refusedIssue } from '@antrean/shared/domain/check-issue.ts';
import { waitingCount } from '@antrean/shared/domain/hall.ts';
import type { AgencyId } from '@antrean/shared/domain/ids.ts';
import type { Refusal } from '@antrean/shared/domain/refusal.ts';
import type { Agency, Service } from '@antrean/shared/domain/setup.ts';
import { expectedWaitView, type ExpectedWaitView } from '@antrean/shared/protocol/waits.ts';
import type { Branch } from '../hall/branch.ts';
import type { HttpPorts } from '../http/ports.ts';

/** An agency as a visitor chooses it. */
export interface AgencyOffer {
  readonly agency: Agency;
  readonly waiting: number;
  /** Whether any of its services gives tickets now. */
  readonly isOpen: boolean;
}

/** A service as a visitor chooses it. */
export interface ServiceOffer {
  readonly service: Service;
  readonly waiting: number;
  /** Absent: no counter at work serves it, and nothing can be said. */
  readonly expected?: ExpectedWaitView;
  /** Why it gives a phone no ticket now; `null`: it does. */
  readonly refused: Refusal | null;
}

/** An agency that offers nothing leads nowhere. */
export const agencyOffers = ({ hall, setup }: Branch, now: number): AgencyOffer[] =>
  [...setup.agencies.values()].flatMap((agency) => {
    const services = servicesOf({ setup }, agency.id);
    if (services.length === 0) return [];
    return [
      {
        agency,
        waiting: services.reduce((sum, { id }) => sum + waitingCount(hall, id), 0),
        isOpen: services.some((service) => refusedNow({ hall, setup }, service, now) === null),
      },
    ];
  });

export const servicesOf = ({ setup }: Pick<Branch, 'setup'>, agencyId: AgencyId): Service[] =>
  [...setup.services.values()].filter((service) => service.agencyId === agencyId);

/** Throws what Postgres throws. */
export const serviceOffers = async (
  { waits }: Pick<HttpPorts, 'waits'>,
  branch: Branch,
  services: readonly Service[],
  now: number,
): Promise<ServiceOffer[]> => {
  const learnt = await waits.of(branch.id);
  const expected = await learnt.expect(
    services.map(({ id }) => ({ serviceId: id, priority: null, queuedAt: now })),
    now,
  );
  return services.map((service, index) => {
    const wait = expected[index];
    return {
      service,
      waiting: waitingCount(branch.hall, service.id),
      refused: refusedNow(branch, service, now),
      ...(wait && { expected: expectedWaitView(wait) }),
    };
  });
};

/** A phone says of its owner no document's number: such services are for the reception desk (ISSUE-5). */
const refusedNow = ({ hall, setup }: Pick<Branch, 'hall' | 'setup'>, service: Service, now: number): Refusal | null =>
  refusedIssue(hall, setup, service, { actor: { kind: 'visitor' } }, now);
