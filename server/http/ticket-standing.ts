import { type Hall, standingBefore } from '@antrean/shared/domain/hall.ts';
import type { Ticket } from '@antrean/shared/domain/ticket.ts';
import { expectedWaitView, type ExpectedWaitView } from '@antrean/shared/protocol/waits.ts';
import { readPosition } from '../live/read-position.ts';
import type { HttpPorts } from './ports.ts';

/** How many are before a ticket and how long it may take, while it waits; nothing otherwise. */
export const standingOf = async (
  { redis, waits, clock }: Pick<HttpPorts, 'redis' | 'waits' | 'clock'>,
  hall: Hall,
  ticket: Ticket,
): Promise<{ ahead?: number; expected?: ExpectedWaitView }> => {
  if (ticket.status !== 'waiting') return {};
  const { branchId } = hall;
  const ahead = (await readPosition(redis, branchId, ticket.serviceId, ticket.id)) ?? standingBefore(hall, ticket);
  const learnt = await waits.of(branchId);
  const [expected] = await learnt.expect([ticket], clock.now());
  return { ahead, ...(expected && { expected: expectedWaitView(expected) }) };
};
