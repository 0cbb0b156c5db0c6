import type { ReplayResult } from './replay.ts';
import { tallyOf, waitsOf } from './report.ts';

/** One day of a record, replayed under one rule set. */
export interface ReplayedDay {
  /** Empty: the hall as it is. */
  readonly rules: string;
  readonly day: number;
  readonly result: ReplayResult;
  /** What the doctor found wrong. */
  readonly findings: number;
  readonly isRight: boolean;
}

/** Several replays, a line each, and how many of them were right. */
export const tableOf = (days: readonly ReplayedDay[]): string[] => {
  const right = days.filter(({ isRight }) => isRight).length;
  const cells = [['rules', 'day', 'visits', 'served', 'left', 'wait mean s', 'P90 s', 'findings'], ...days.map(rowOf)];
  return [
    ...cells.map(([rules = '', ...rest]) => rules.padEnd(16) + rest.map((cell) => cell.padStart(12)).join('')),
    `${right} of ${days.length} replays went to their end with every ticket accounted for and nothing wrong in the ledger.`,
  ];
};

const rowOf = ({ rules, day, result, findings }: ReplayedDay): string[] => {
  const { recorded, served, abandoned } = tallyOf(result.journal);
  const { mean, p90 } = waitsOf(result).here;
  return [rules, ...[day, recorded, served, abandoned, mean.toFixed(1), p90.toFixed(1), findings].map(String)];
};
