import type { Journal } from './journal.ts';
import type { ReplayResult } from './replay.ts';

/** Waits in recorded seconds. */
export interface Waits {
  readonly count: number;
  readonly mean: number;
  readonly median: number;
  readonly p90: number;
}

export interface Tally {
  readonly recorded: number;
  readonly issued: number;
  readonly served: number;
  readonly abandoned: number;
  readonly refused: number;
  /** Not sent because the replay ended before. */
  readonly notSent: number;
  /** Sent, and nobody said how it ended. */
  readonly unanswered: number;
  /** Waiting or at a counter when the replay ended. */
  readonly open: number;
  /** Served although the record has them leave: an agent was free earlier than on the day itself. */
  readonly servedInstead: number;
}

export const tallyOf = ({ notes }: Journal): Tally => {
  const count = (...states: readonly string[]): number => notes.filter(({ state }) => states.includes(state)).length;
  const notSent = count('to-come');
  const unanswered = count('unanswered');
  const refused = count('refused');
  return {
    recorded: notes.length,
    issued: notes.length - notSent - refused - unanswered,
    served: count('done'),
    abandoned: count('cancelled'),
    refused,
    notSent,
    unanswered,
    open: count('waiting', 'called', 'serving'),
    servedInstead: notes.filter(({ state, visit }) => state === 'done' && visit.outcome === 'abandoned').length,
  };
};

/** The waits of those who were served: here as the ledger has them, and in the record. */
export const waitsOf = ({ journal: { notes }, speed }: Pick<ReplayResult, 'journal' | 'speed'>) => ({
  here: summaryOf(
    notes.flatMap(({ state, waitedMs }) => (state === 'done' && waitedMs !== undefined ? [waitedMs * speed] : [])),
  ),
  recorded: summaryOf(notes.flatMap(({ visit }) => (visit.outcome === 'served' ? [visit.waitedSeconds * 1_000] : []))),
});

const summaryOf = (waitsMs: readonly number[]): Waits => {
  const sorted = waitsMs.map((ms) => ms / 1_000).sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
  const sum = sorted.reduce((total, wait) => total + wait, 0);
  return { count: sorted.length, mean: sorted.length === 0 ? 0 : sum / sorted.length, median: at(0.5), p90: at(0.9) };
};

/** The closing report, line by line. */
export const reportLines = (result: ReplayResult): string[] => {
  const { journal, speed, drift, check } = result;
  const tally = tallyOf(journal);
  const waits = waitsOf(result);
  const recordedLeft = journal.notes.filter(({ visit }) => visit.outcome === 'abandoned').length;
  const lines = [
    result.endedEarly === null ? 'Replayed to the end.' : `Ended early: ${result.endedEarly}. So far:`,
    row('', 'here', 'record'),
    row('issued', tally.issued, tally.recorded),
    row('served', tally.served, tally.recorded - recordedLeft),
    row('abandoned', tally.abandoned, recordedLeft),
    row('refused', tally.refused, ''),
    row('wait of those served, mean s', waits.here.mean.toFixed(1), waits.recorded.mean.toFixed(1)),
    row('  median s', waits.here.median.toFixed(1), waits.recorded.median.toFixed(1)),
    row('  P90 s', waits.here.p90.toFixed(1), waits.recorded.p90.toFixed(1)),
    `Waits here are the ledger's instants times the speed of ${speed}: 1 ms of this machine is ${speed / 1_000} s of the record.`,
    `Visitors were in line ${drift.meanMs.toFixed(1)} ms after their recorded second on average, ${drift.maxMs.toFixed(0)} ms at most ` +
      `(${recorded(drift.meanMs, speed)} and ${recorded(drift.maxMs, speed)} of the record), answers included.`,
  ];
  if (tally.servedInstead > 0) {
    lines.push(
      `${tally.servedInstead} who left in the record were called before they would have gone, and were served.`,
    );
  }
  if (tally.open > 0) lines.push(`${tally.open} were still waiting or at a counter.`);
  if (tally.notSent > 0) lines.push(`${tally.notSent} visitors of the record had not come yet.`);
  if (tally.unanswered > 0) lines.push(`${tally.unanswered} were sent, but the server did not say how it ended.`);
  if (journal.agentsWithoutCounter > 0) {
    lines.push(`${journal.agentsWithoutCounter} times an agent of the record found no counter in this hall.`);
  }
  if (journal.foreign > 0) lines.push(`${journal.foreign} tickets of others were called and finished at once.`);
  for (const [code, count] of issueRefusals(journal)) lines.push(`${count} visitors were refused: ${code}.`);
  for (const [code, count] of journal.refusals) lines.push(`${count} acts at counters were refused: ${code}.`);
  if (result.repeats > 0)
    lines.push(`${result.repeats} requests were repeated for want of an answer, with the same id.`);
  lines.push(`Took ${(result.elapsedMs / 1_000).toFixed(1)} s.`, ...checkLines(result));
  return check.wrongCount > 0 ? [...lines, 'Something is missing: run "antrean doctor".'] : lines;
};

const checkLines = ({ check }: ReplayResult): string[] => {
  if (check.failure !== null) return [`Check over the API: not possible, ${check.failure}`];
  const verdict = `Check over the API: ${check.right} of ${check.asked} tickets are there in the state that was answered.`;
  return [verdict, ...check.wrong.map((fault) => `  ${fault}`)];
};

const issueRefusals = ({ notes }: Journal): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { refusal } of notes) if (refusal) counts.set(refusal, (counts.get(refusal) ?? 0) + 1);
  return counts;
};

const row = (name: string, here: string | number, record: string | number): string =>
  `${name.padEnd(30)}${String(here).padStart(10)}${String(record).padStart(10)}`;

const recorded = (ms: number, speed: number): string => `${((ms * speed) / 1_000).toFixed(1)} s`;
