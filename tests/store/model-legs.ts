import type { ModelCounter, ModelService, ModelSetup, ModelTicket, ModelWhat } from './model-types.ts';

type Legs = ModelTicket['legs'];

/** What is known of the hall where a leg is chosen. */
export interface WhereChosen {
  readonly setup: ModelSetup;
  readonly tickets: readonly ModelTicket[];
  readonly counters: ReadonlyMap<string, ModelCounter>;
  /** Services that give visitors no numbers. */
  readonly paused: ReadonlySet<string>;
}

/** Where a visit begins, the number it gets and the legs after that; or why it does not, or not there. */
export const beginOf = (
  what: ModelWhat,
  where: WhereChosen,
  given: ReadonlyMap<string, number>,
  chosen: string | undefined,
):
  | { readonly refused: string }
  | { readonly done: readonly string[] }
  | { readonly serviceId: string; readonly prefix: string; readonly value: number; readonly legs: Legs } => {
  const steps = 'journeyId' in what ? where.setup.journeys.get(what.journeyId) : [[what.serviceId]];
  if (!steps) return { refused: 'JOURNEY_UNKNOWN' };
  const first = steps[0] ?? [];
  const isRefused = (id: string) => 'refused' in numberFor(id, where, given);
  const serviceId = (first.length > 1 && chosen) || (first.find((id) => !isRefused(id)) ?? first[0] ?? '');
  const next = numberFor(serviceId, where, given);
  if ('refused' in next) return next;
  if (!isFair(serviceId, first, [isRefused, hasNoCounter(where), isSlower(where, first)])) {
    return { done: [`${serviceId} should not be first`] };
  }
  const legs = steps.flatMap((services, step) => services.map((id) => ({ serviceId: id, keptFor: null, step })));
  return { serviceId, ...next, legs: legs.filter((leg) => leg.serviceId !== serviceId) };
};

/** The leg a visit goes on with; `undefined` where the one that was chosen must not be. */
export const nextOf = (legs: Legs, where: WhereChosen, chosen: string | undefined): Legs[number] | undefined => {
  const free = legs.filter(({ step }, place) => place === 0 || (step !== undefined && step === legs[0]?.step));
  if (free.length === 1) return free[0];
  const names = free.map(({ serviceId }) => serviceId);
  const isShut = (id: string) => where.paused.has(id) || isFull(where)(id);
  const worst = [hasNoCounter(where), isShut, isSlower(where, names)];
  return free.find(({ serviceId }) => serviceId === chosen && isFair(serviceId, names, worst));
};

/**
 * Whether a leg may have been chosen: how long a wait is expected to be the model does not say, only what it must not be
 * against. Whoever could be served at once is not sent to where all are busy.
 *
 * @param worst what is chosen only where all others are like it, from the worst on
 */
const isFair = (chosen: string, free: readonly string[], worst: readonly ((id: string) => boolean)[]): boolean => {
  let left = free;
  for (const isBad of worst) {
    const better = left.filter((id) => !isBad(id));
    if (better.length > 0) left = better;
  }
  return left.includes(chosen);
};

/** No counter that serves it is open; a break is not open. */
const hasNoCounter =
  ({ setup, counters }: WhereChosen) =>
  (serviceId: string): boolean =>
    ![...counters].some(([id, { isPaused }]) => !isPaused && setup.counters.get(id)?.includes(serviceId));

/** All of its quota is given. */
export const isFull =
  ({ setup, tickets }: WhereChosen) =>
  (serviceId: string): boolean => {
    const counting = tickets.filter((ticket) => ticket.status !== 'cancelled' || ticket.wasCalled);
    const { quota = Infinity } = setup.services.get(serviceId) ?? { quota: 0 };
    return counting.filter((ticket) => ticket.issuedFor === serviceId).length >= quota;
  };

/** Somebody waits at a counter that is open for it, or all of those have a visitor; nobody does at a counter of another. */
const isSlower =
  ({ setup, tickets, counters }: WhereChosen, free: readonly string[]) =>
  (serviceId: string): boolean => {
    const open = (id: string) =>
      [...counters].filter(([at, { isPaused }]) => !isPaused && setup.counters.get(at)?.includes(id)).map(([at]) => at);
    const isBusy = (at: string) => tickets.some(({ counterId }) => counterId === at);
    const isQuiet = (id: string) =>
      open(id).some((at) => !isBusy(at)) &&
      !tickets.some(
        (ticket) =>
          ticket.status === 'waiting' && open(id).some((at) => setup.counters.get(at)?.includes(ticket.serviceId)),
      );
    return open(serviceId).every(isBusy) && free.some(isQuiet);
  };

/** The number that a service gives next, or why it gives none. */
const numberFor = (
  serviceId: string,
  where: WhereChosen,
  given: ReadonlyMap<string, number>,
): { readonly refused: string } | { readonly prefix: string; readonly value: number } => {
  const service: ModelService | undefined = where.setup.services.get(serviceId);
  if (!service) return { refused: 'SERVICE_UNKNOWN' };
  const { prefix, numbers = { from: 1, to: Infinity, step: 1 } } = service;
  if (isFull(where)(serviceId)) return { refused: 'SERVICE_FULL' };
  let value = numbers.from;
  while (value <= (given.get(prefix) ?? 0)) value += numbers.step;
  return value > numbers.to ? { refused: 'NUMBERS_USED_UP' } : { prefix, value };
};
