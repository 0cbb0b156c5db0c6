import type { RecordedVisit } from './recorded-day.ts';

/** A time that an agent is at a counter and calls whoever is next, in seconds of the recorded day. */
export interface Presence {
  /** As the record names the agent, or `unnamed-1` … where it names none. */
  readonly agent: string;
  readonly from: number;
  readonly to: number;
  /** 0, 1, 2 …: at any time each counter has one agent, and there are no more counters than that takes. */
  readonly counter: number;
}

/** An agent who serves nobody for longer than this, in seconds, is away from the counter. */
export const awayAfterSeconds = 120;

/**
 * When the agents of a recorded day were at their counters. The record says only when they served: an agent counts as
 * present from the start of a service to the end of the last one before a gap of more than `awayAfterSeconds`. In order
 * of their beginning.
 */
export const presencesOf = (visits: readonly RecordedVisit[]): Presence[] => {
  const servings = visits
    .flatMap(({ served }) => (served ? [served] : []))
    .map(({ servedAt, serviceSeconds, agent }) => ({ from: servedAt, to: servedAt + serviceSeconds, agent }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const open = new Map<string, { agent: string; from: number; to: number }>();
  const presences: { agent: string; from: number; to: number }[] = [];
  for (const { from, to, agent: named } of servings) {
    const agent = named ?? freeUnnamed(open, from);
    const current = open.get(agent);
    if (current && from - current.to <= awayAfterSeconds) {
      current.to = Math.max(current.to, to);
      continue;
    }
    const presence = { agent, from, to };
    open.set(agent, presence);
    presences.push(presence);
  }
  return ontoCounters(presences.sort((a, b) => a.from - b.from));
};

/** The first of the unnamed agents who is not serving at that second. */
const freeUnnamed = (open: ReadonlyMap<string, { to: number }>, at: number): string => {
  for (let number = 1; ; number += 1) {
    const agent = `unnamed-${number}`;
    if ((open.get(agent)?.to ?? -1) <= at) return agent;
  }
};

/** Each presence gets the lowest counter that is free when it begins. */
const ontoCounters = (presences: readonly Omit<Presence, 'counter'>[]): Presence[] => {
  const freeFrom: number[] = [];
  return presences.map((presence) => {
    const free = freeFrom.findIndex((second) => second <= presence.from);
    const counter = free === -1 ? freeFrom.length : free;
    freeFrom[counter] = presence.to;
    return { ...presence, counter };
  });
};
