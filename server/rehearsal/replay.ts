import { setMaxListeners } from 'node:events';
import type { BranchId, TicketId } from '@antrean/shared/domain/ids.ts';
import { checkTickets, type TicketCheck } from './check-tickets.ts';
import { commandIdOf, issueIdOf } from '../hall/derive-command-id.ts';
import { hallApi } from './hall-api.ts';
import type { HallOfRecord } from './hall-of-record.ts';
import { isOver, type Journal, startJournal } from './journal.ts';
import { LineBell } from './line-bell.ts';
import { presencesOf } from './presences.ts';
import { type Drift, RecordedClock } from './recorded-clock.ts';
import type { RecordedVisit } from './recorded-day.ts';
import { replayOvertime, replayPresence } from './replay-presence.ts';
import { replayVisit } from './replay-visit.ts';
import type { Stage } from './stage.ts';

export interface ReplayOptions {
  readonly address: string;
  /** A manager's, of the hall. */
  readonly account: { readonly login: string; readonly password: string };
  readonly hall: HallOfRecord;
  readonly visits: readonly RecordedVisit[];
  /** How many recorded seconds pass in one. */
  readonly speed: number;
  /** Names this run with its file and day: the same name sends the same command ids. */
  readonly run: string;
  /** Ends the replay: visits under way are finished, counters closed, and the report tells how far it came. */
  readonly signal: AbortSignal;
  /** Called about four times a second. */
  readonly onProgress?: (progress: Progress) => void;
  /** Requests under way at the most, 32 unless said otherwise. */
  readonly inFlight?: number;
  /** For how long one request is repeated, ms, 60,000 unless said otherwise. */
  readonly patienceMs?: number;
}

export interface Progress {
  /** The recorded second that it is now. */
  readonly second: number;
  readonly over: number;
  readonly waiting: number;
  readonly total: number;
}

export interface ReplayResult {
  readonly journal: Journal;
  readonly speed: number;
  readonly drift: Drift;
  /** How often a request was repeated for want of an answer. */
  readonly repeats: number;
  readonly elapsedMs: number;
  readonly check: TicketCheck;
  /** Why it ended before the record did; `null` when it did not. */
  readonly endedEarly: string | null;
}

const progressEveryMs = 250;

/**
 * Sends a recorded day through a running server, on the business day the hall has today: visitors come at the recorded
 * second and leave when the record says so, agents call whoever is next and serve as long as the record says. Everything
 * goes through the public API; nothing is read from the database.
 *
 * @throws HallUnreachable, HallRejects when it cannot even begin
 */
export const replayDay = async (options: ReplayOptions): Promise<ReplayResult> => {
  const { address, account, hall, visits, speed, inFlight = 32, patienceMs = 60_000 } = options;
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  // Every visitor and agent who waits listens to it.
  setMaxListeners(0, signal);
  const shared = { address, branchId: hall.branchId, inFlight, patienceMs, hurry: signal };
  const visitors = hallApi(shared);
  const staff = hallApi({ ...shared, account });
  const idOf = (...parts: readonly (string | number)[]) => commandIdOf(options.run, ...parts);
  await openDay(staff, idOf);

  const presences = presencesOf(visits);
  const firstSecond = Math.min(visits[0]?.arrivedAt ?? 0, presences[0]?.from ?? Infinity);
  const stage: Stage = {
    hall,
    visitors,
    staff,
    clock: new RecordedClock(speed, firstSecond),
    bell: new LineBell(),
    journal: startJournal(
      visits,
      ({ line }) => issueIdOf(hall.branchId as BranchId, idOf('issue', line)) as string as TicketId,
    ),
    signal,
    idOf,
    serviceSecondsOf: serviceSecondsIn(visits),
  };
  const { clock, journal } = stage;
  const beganAt = performance.now();
  let failure: string | null = null;
  const guarded = (work: Promise<void>): Promise<void> =>
    work.catch((error: Error) => {
      if (error.name === 'AbortError') return;
      failure ??= error.message;
      failed.abort();
    });
  const telling = setInterval(() => options.onProgress?.(progressOf(stage)), progressEveryMs);
  try {
    await Promise.all([guarded(sendVisitors(stage, guarded)), sendAgents(stage, guarded)]);
    await guarded(replayOvertime(stage));
  } finally {
    clearInterval(telling);
    options.onProgress?.(progressOf(stage));
  }
  return {
    journal,
    speed,
    drift: clock.drift(),
    elapsedMs: performance.now() - beganAt,
    check: await checkTickets(staff, journal),
    repeats: visitors.repeats() + staff.repeats(),
    endedEarly: failure ?? (options.signal.aborted ? 'stopped by hand' : null),
  };
};

const openDay = async (staff: ReturnType<typeof hallApi>, idOf: Stage['idOf']): Promise<void> => {
  const opened = await staff.command('/day/open', idOf('open-day', Date.now()));
  if (opened.kind === 'refused' && opened.problem.code !== 'DAY_ALREADY_OPEN') throw new Error(opened.problem.message);
};

/** One after another in the order of arrival; how many requests are under way is bounded by the API's own limit. */
const sendVisitors = async (stage: Stage, guarded: (work: Promise<void>) => Promise<void>): Promise<void> => {
  const there: Promise<void>[] = [];
  for (const note of stage.journal.notes) {
    await stage.clock.until(note.visit.arrivedAt, stage.signal).catch(() => {});
    if (stage.signal.aborted) break;
    there.push(guarded(replayVisit(stage, note)));
  }
  await Promise.all(there);
};

/** An agent, and a counter, is at one presence at a time: one that lasts longer than recorded delays the next. */
const sendAgents = async (stage: Stage, guarded: (work: Promise<void>) => Promise<void>): Promise<void> => {
  const busy = new Map<string, Promise<unknown>>();
  const all = presencesOf(stage.journal.notes.map(({ visit }) => visit)).map((presence) => {
    const keys = [`agent ${presence.agent}`, `counter ${presence.counter}`];
    const before = Promise.all(keys.map((key) => busy.get(key)));
    const work = guarded(before.then(() => replayPresence(stage, presence)));
    for (const key of keys) busy.set(key, work);
    return work;
  });
  await Promise.all(all);
};

const progressOf = ({ clock, journal }: Stage): Progress => ({
  second: clock.now(),
  over: journal.notes.filter(isOver).length,
  waiting: journal.notes.filter(({ state }) => state === 'waiting').length,
  total: journal.notes.length,
});

/**
 * As long as the record says. Whom the record has leave, or whose service it lost, is served for the median of that
 * service on that day, else of the day, else a minute: in this replay an agent may be free before they go.
 */
const serviceSecondsIn = (visits: readonly RecordedVisit[]): Stage['serviceSecondsOf'] => {
  const all = visits.flatMap(({ service, served }) => (served ? [{ service, seconds: served.serviceSeconds }] : []));
  const ofDay = median(all.map(({ seconds }) => seconds)) ?? 60;
  const byService = new Map<string, number>();
  for (const { service } of all) {
    if (byService.has(service)) continue;
    const seconds = all.filter((one) => one.service === service).map((one) => one.seconds);
    byService.set(service, median(seconds) ?? ofDay);
  }
  return ({ service, served }) => served?.serviceSeconds ?? byService.get(service) ?? ofDay;
};

const median = (values: readonly number[]): number | undefined => values.toSorted((a, b) => a - b)[values.length >> 1];
