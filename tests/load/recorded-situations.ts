import type { RecordedVisit } from '@antrean/server/rehearsal/recorded-day.ts';
import type { Situation, WaitObservation } from '@antrean/shared/domain/expected-wait.ts';

/** What happens on a recorded day, in the order of time, with what a hall would have known at that second. */
export interface Moment {
  readonly observation: WaitObservation;
  readonly visit?: RecordedVisit;
}

/** Whoever ended their last service longer ago than this, in seconds, is no longer counted as at work. */
const agentStaysSeconds = 600;

type Step = 'end' | 'call' | 'leave' | 'join';

interface Dated {
  readonly second: number;
  readonly order: number;
  readonly step: Step;
  readonly visit: RecordedVisit;
}

/**
 * A recorded day as a hall would have lived it. A record does not say which agents sat idle or whom each may serve, so
 * everybody is before every counter, a higher priority goes first, an agent counts as at work from the start of a service
 * to ten minutes after the last, and nobody is known to be idle.
 */
export const momentsOf = (visits: readonly RecordedVisit[]): Moment[] => {
  const waiting = new Map<number, RecordedVisit>();
  const serving = new Map<number, RecordedVisit>();
  const seen = new Map<string, number>();
  return datedOf(visits).map(({ second, step, visit }): Moment => {
    const { line, service, served } = visit;
    const ticket = String(line);
    if (step === 'join') {
      const situation = situationOf(visit, second, waiting, serving, seen);
      waiting.set(line, visit);
      return { visit, observation: { kind: 'joined', ticket, at: second * 1_000, situation } };
    }
    if (step === 'end') {
      serving.delete(line);
      if (served?.agent) seen.set(served.agent, second);
      return { visit, observation: { kind: 'served', service, durationMs: (served?.serviceSeconds ?? 0) * 1_000 } };
    }
    waiting.delete(line);
    if (step === 'leave') return { visit, observation: { kind: 'left', ticket } };
    if (served) serving.set(line, visit);
    return { visit, observation: { kind: 'called', ticket, at: second * 1_000 } };
  });
};

/**
 * Within one second: services end, whoever waited is called or leaves, whoever comes joins, and only then are those
 * called who did not wait at all. An end is never before its own call.
 */
const datedOf = (visits: readonly RecordedVisit[]): Dated[] =>
  visits
    .flatMap((visit): Dated[] => {
      const { arrivedAt, waitedSeconds, outcome, served } = visit;
      const leavesLine = arrivedAt + waitedSeconds;
      const waited = waitedSeconds > 0;
      const joins: Dated = { second: arrivedAt, order: 2, step: 'join', visit };
      const step = outcome === 'served' ? 'call' : 'leave';
      const leaves: Dated = { second: leavesLine, order: waited ? 1 : 3, step, visit };
      if (!served) return [joins, leaves];
      const order = served.serviceSeconds > 0 ? 0 : 4;
      return [joins, leaves, { second: leavesLine + served.serviceSeconds, order, step: 'end', visit }];
    })
    .sort((a, b) => a.second - b.second || a.order - b.order || a.visit.line - b.visit.line);

const situationOf = (
  { service, priority }: RecordedVisit,
  second: number,
  waiting: ReadonlyMap<number, RecordedVisit>,
  serving: ReadonlyMap<number, RecordedVisit>,
  seen: ReadonlyMap<string, number>,
): Situation => {
  const others = [...waiting.values()];
  const agents = new Set([...serving.values()].map(({ served, line }) => served?.agent ?? `unnamed ${line}`));
  for (const [agent, at] of seen) if (second - at <= agentStaysSeconds) agents.add(agent);
  return {
    service,
    priority: priority === 0 ? '' : String(priority),
    ahead: others.filter((other) => other.priority >= priority).map((other) => ({ service: other.service, people: 1 })),
    serving: [...serving.values()].map((other) => other.service),
    // Somebody serves them in the end: the first of a day comes before any agent was seen.
    counters: Math.max(1, agents.size),
    idle: 0,
    longestWaitMs: Math.max(0, ...others.map(({ arrivedAt }) => second - arrivedAt)) * 1_000,
  };
};
