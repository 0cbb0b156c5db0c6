import type { Invariant, Violation } from '@antrean/shared/domain/check-ledger.ts';
import type { AuditExamination } from './check-audit.ts';
import type { Examination } from './finding.ts';
import { remedies } from './remedy.ts';

/** Findings of one invariant shown for one hall; more would say nothing new. */
const shown = 10;

/** What was found in one hall, line by line: what was looked at, what is wrong and where, and what to do. */
export const reportLines = ({
  branchId,
  version,
  checks,
  notChecked,
  findings,
}: Pick<Examination, 'branchId' | 'version' | 'checks' | 'notChecked' | 'findings'>): string[] => [
  `${branchId}, version ${version}`,
  ...checks.map((check) => `  checked      ${check}`),
  ...notChecked.map((check) => `  NOT CHECKED  ${check}`),
  ...[...Map.groupBy(findings, ({ invariant }) => invariant)].flatMap(linesOfInvariant),
];

/** What was found in the audit trail, which all halls share. */
export const auditLines = ({ entries, findings }: AuditExamination): string[] => [
  'audit trail',
  `  checked      ${entries} entries, without gap and with their hash chain`,
  ...[...Map.groupBy(findings, ({ invariant }) => invariant)].flatMap(linesOfInvariant),
];

const linesOfInvariant = ([invariant, found]: [Invariant, Violation[]]): string[] => [
  ...found.slice(0, shown).map(({ message }) => `  WRONG ${invariant.padEnd(6)} ${message}`),
  ...(found.length > shown ? [`               … and ${found.length - shown} more of ${invariant}`] : []),
  `  what to do   ${remedies[invariant]}`,
];

/** What came of it all: 0 all is sound, 1 something is wrong, 2 nothing wrong was seen, but not everything. */
export type Verdict = 0 | 1 | 2;

export const verdictOf = (
  examinations: readonly Pick<Examination, 'notChecked' | 'findings'>[],
): { readonly verdict: Verdict; readonly text: string } => {
  const count = (of: 'findings' | 'notChecked') => examinations.reduce((sum, each) => sum + each[of].length, 0);
  const [wrong, open] = [count('findings'), count('notChecked')];
  const leftOut = open === 0 ? '' : ` ${open} ${open === 1 ? 'check' : 'checks'} could not be made.`;
  if (wrong > 0) return { verdict: 1, text: `${wrong} ${wrong === 1 ? 'finding' : 'findings'}.${leftOut}` };
  if (open > 0) return { verdict: 2, text: `Nothing wrong was seen, but${leftOut}` };
  return { verdict: 0, text: 'Nothing is wrong.' };
};
