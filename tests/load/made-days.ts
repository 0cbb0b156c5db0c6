import type { RecordedVisit } from '@antrean/server/rehearsal/recorded-day.ts';
import { seeded } from '@antrean/server/rehearsal/seeded.ts';

/** A hall whose days are made up, to see whether what is said holds elsewhere than where it was tuned. Seconds. */
export interface MadeHall {
  readonly seed: number;
  /** One for each day. */
  readonly days: readonly MadeDay[];
}

export interface MadeDay {
  readonly agents: number;
  /** Arrivals as a share of what the agents can serve, on the average of the day. */
  readonly load: number;
  readonly meanServiceSeconds: number;
  /** Mean of how long people wait before they leave. */
  readonly patienceSeconds: number;
}

const opensAt = 8 * 3_600;
const openSeconds = 10 * 3_600;
const services: readonly { readonly name: string; readonly share: number; readonly times: number }[] = [
  { name: 'PAPERS', share: 0.6, times: 0.8 },
  { name: 'ADVICE', share: 0.25, times: 1.2 },
  { name: 'CLAIMS', share: 0.15, times: 1.5 },
];

/**
 * Poisson arrivals with two peaks a day, three services with log-normal times, every fourth visitor of a higher
 * priority, everybody impatient, all agents serve everybody: highest priority first, then the longest wait.
 */
export const madeDays = ({ seed, days }: MadeHall): Map<number, RecordedVisit[]> =>
  new Map(days.map((day, index) => [index + 1, madeDay(seed + index, day)]));

const madeDay = (seed: number, { agents, load, meanServiceSeconds, patienceSeconds }: MadeDay): RecordedVisit[] => {
  const chance = seeded(seed);
  const gapSeconds = meanServiceSeconds / (agents * load);
  const people: Person[] = [];
  for (let at = opensAt; at < opensAt + openSeconds;) {
    const busy = 1 + 0.5 * Math.sin(((at - opensAt) / openSeconds) * 4 * Math.PI);
    at += chance.gap(gapSeconds / busy);
    const service = chance.pick(services, ({ share }) => share) ?? services[0]!;
    people.push({
      arrivedAt: Math.floor(at),
      service: service.name,
      priority: chance.happens(0.25) ? 1 : 0,
      serviceSeconds: Math.max(1, Math.round(meanServiceSeconds * service.times * logNormal(chance.next))),
      leavesAt: Math.floor(at) + 1 + Math.floor(chance.gap(patienceSeconds)),
    });
  }
  return serveInTurn(people, agents);
};

interface Person {
  readonly arrivedAt: number;
  readonly service: string;
  readonly priority: number;
  readonly serviceSeconds: number;
  readonly leavesAt: number;
}

/** Mean 1, coefficient of variation 1. */
const logNormal = (next: () => number): number => {
  const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return Math.exp(Math.sqrt(Math.LN2) * normal - Math.LN2 / 2);
};

const serveInTurn = (people: readonly Person[], agents: number): RecordedVisit[] => {
  const freeAt = Array.from({ length: agents }, () => opensAt);
  const servedAt = new Map<Person, { at: number; agent: number }>();
  let left = [...people];
  while (left.length > 0) {
    const agent = freeAt.indexOf(Math.min(...freeAt));
    const now = Math.max(freeAt[agent] ?? 0, left[0]?.arrivedAt ?? 0);
    left = left.filter((person) => person.leavesAt > now || person.arrivedAt === now);
    const there = left.filter(({ arrivedAt }) => arrivedAt <= now);
    const first = there.reduce<Person | undefined>(
      (best, person) => (best && best.priority >= person.priority ? best : person),
      undefined,
    );
    if (!first) continue;
    servedAt.set(first, { at: now, agent });
    freeAt[agent] = now + first.serviceSeconds;
    left = left.filter((person) => person !== first);
  }
  return people.map(({ arrivedAt, service, priority, serviceSeconds, leavesAt }, index): RecordedVisit => {
    const serving = servedAt.get(people[index]!);
    const visit = { line: index + 2, arrivedAt, service, priority };
    if (!serving) return { ...visit, waitedSeconds: leavesAt - arrivedAt, outcome: 'abandoned' };
    return {
      ...visit,
      waitedSeconds: serving.at - arrivedAt,
      outcome: 'served',
      served: { servedAt: serving.at, serviceSeconds, agent: `agent-${serving.agent}` },
    };
  });
};
