import type { ModelCounter, ModelSetup, ModelTicket } from './model-types.ts';

type Counters = ReadonlyMap<string, ModelCounter>;

/** Who is next at a counter, and whether the ratio decided it; `null`: nobody. */
export const nextAt = (
  counterId: string,
  setup: ModelSetup,
  { tickets, counters }: { readonly tickets: readonly ModelTicket[]; readonly counters: Counters },
  turns: number,
): { ticket: ModelTicket; isTurn: boolean } | null => {
  const all = tickets.filter(({ status }) => status === 'waiting');
  const waiting = all.filter(
    ({ serviceId, keptFor }) =>
      setup.counters.get(counterId)?.includes(serviceId) && mayTake(counterId, counters, keptFor?.who ?? null),
  );
  const { ratio } = setup;
  const first = (tickets: readonly ModelTicket[], later?: ReadonlyMap<string, number>) =>
    inOrder(tickets, later)[0] ?? null;
  if (waiting.length === 0) {
    const ticket = first(
      all.filter(
        ({ serviceId, keptFor, since }) =>
          !keptFor && setup.helps.get(counterId)?.includes(serviceId) && !isStillToCome(since),
      ),
    );
    return ticket && { ticket, isTurn: false };
  }
  const isTurn = ratio !== undefined && new Set(waiting.map(({ isElderly }) => isElderly)).size === 2;
  const kind = isTurn ? waiting.filter(({ isElderly }) => isElderly === isElderlyTurn(ratio, turns)) : waiting;
  const ticket = first(kind, setup.later.get(counterId));
  return ticket && { ticket, isTurn };
};

/** The hours that tests book are hours away, whatever the clock of whoever decides. */
const isStillToCome = (hour: number): boolean => hour > Date.now() + 60_000;

/** Evenly spread: the first turn, and each at which the share of the elderly in the turns before it is whole anew. */
const isElderlyTurn = ({ normal, priority }: NonNullable<ModelSetup['ratio']>, turns: number): boolean => {
  const due = (count: number): number => Math.floor((count * priority) / (normal + priority));
  return due(turns) > due(turns - 1);
};

/** Whoever came first, or has the first hour, but the elderly as if 20 minutes earlier and others as if by less skill later. */
const inOrder = (tickets: readonly ModelTicket[], later?: ReadonlyMap<string, number>): ModelTicket[] => {
  const minutes = ({ serviceId, isElderly }: ModelTicket) => (later?.get(serviceId) ?? 0) - (isElderly ? 20 : 0);
  const from = (ticket: ModelTicket) => ticket.since + minutes(ticket) * 60_000;
  return [...tickets].sort((a, b) => from(a) - from(b));
};

const mayTake = (counterId: string, counters: Counters, who: string | null): boolean => {
  if (who === null) return true;
  if (who.startsWith('c:')) return who === `c:${counterId}` || !counters.has(who.slice(2));
  const place = [...counters].find(([, { agentId }]) => `a:${agentId}` === who);
  return !place || place[0] === counterId;
};
