import type { BranchView } from '../protocol/branch.ts';
import type { ReportRow } from '../protocol/report.ts';
import type { DeskEntry, PausedEntry } from '../protocol/screens.ts';
import { type Entries, entriesUnder } from './entries.ts';
import { linesOf } from './lobby.ts';

/** A service as the manager sees it now and today. */
export interface ServiceNow {
  readonly serviceId: string;
  readonly waiting: number;
  /** Since when the longest waiting visitor waits, epoch ms; `null`: nobody does. */
  readonly since: number | null;
  /** Counters that serve it and are open, whoever sits there is on a break or not. */
  readonly openCounters: number;
  /** Why and since when it gives visitors no numbers; `null`: it does. */
  readonly paused: PausedEntry | null;
  /** The figures of today; `null`: not known, or nobody came for it. */
  readonly today: ReportRow | null;
}

/**
 * The services in which somebody waits, whoever waits longest first; then those that somebody came for today, where the
 * fewest waits were within target first, and those that are paused. Of a service that nobody serves who waits comes before all.
 */
export const servicesByTrouble = (
  entries: Entries,
  counters: BranchView['counters'],
  today: readonly ReportRow[],
): ServiceNow[] => {
  const open = new Set(entriesUnder<DeskEntry>(entries, 'desk/').map(([id]) => id));
  const serving = new Map<string, number>();
  for (const { id, serves } of counters)
    if (open.has(id)) for (const serviceId of serves) serving.set(serviceId, (serving.get(serviceId) ?? 0) + 1);
  const figures = new Map(today.map((row) => [row.key, row]));
  const paused = new Map(entriesUnder<PausedEntry>(entries, 'paused/'));
  const lines = linesOf(entries);
  const listed = new Set([...lines.map(({ serviceId }) => serviceId), ...today.map(({ key }) => key)]);
  const waiting = new Set(lines.map(({ serviceId }) => serviceId));
  const rowOf = (serviceId: string, line: { waiting: number; since: number | null }): ServiceNow => ({
    serviceId,
    waiting: line.waiting,
    since: line.since,
    openCounters: serving.get(serviceId) ?? 0,
    paused: paused.get(serviceId) ?? null,
    today: figures.get(serviceId) ?? null,
  });
  return [
    ...lines
      .map((line) => rowOf(line.serviceId, line))
      .sort((a, b) => isUnserved(b) - isUnserved(a) || a.since! - b.since! || b.waiting - a.waiting),
    ...today
      .filter(({ key }) => !waiting.has(key))
      .map(({ key }) => rowOf(key, { waiting: 0, since: null }))
      .sort((a, b) => within(a) - within(b)),
    ...[...paused.keys()].filter((id) => !listed.has(id)).map((id) => rowOf(id, { waiting: 0, since: null })),
  ];
};

const isUnserved = ({ openCounters }: ServiceNow): number => Number(openCounters === 0);
const within = ({ today }: ServiceNow): number =>
  today && today.withinTarget.of > 0 ? today.withinTarget.count / today.withinTarget.of : 1;
