import type { Hall } from './hall.ts';
import type { RejoinRule } from './setup.ts';
import type { Ticket } from './ticket.ts';

/** Whether a missed visitor who comes now comes in time for the old place: by the clock or by the calls since (MISS-2). */
export const isInTime = (
  hall: Hall,
  { missed, serviceId }: Ticket,
  { withinMs, withinCalls }: RejoinRule,
  now: number,
): boolean => {
  if (!missed) return false;
  if (withinMs === undefined && withinCalls === undefined) return true;
  const calls = (hall.calls.get(serviceId) ?? 0) - missed.calls;
  return (withinMs !== undefined && now - missed.at <= withinMs) || (withinCalls !== undefined && calls <= withinCalls);
};
