import type { ReportBy, ReportFigures, ReportRow } from '@antrean/shared/protocol/report.ts';
import type { InScope } from '../ledger/in-scope.ts';
import { dateOf, type Period } from './period.ts';
import type { AskedReport } from './read-report.ts';
import { readNames } from './report-names.ts';
import { Tally } from './tally.ts';

/** A day of 300 halls takes some 20 ms, after which everybody else gets a turn. */
const daysAtOnce = 1;

const dayMs = 86_400_000;
const bytesOfLeg = 14;

/** What legs have one of several of, each in a column of its own. */
const dimensions = ['service', 'agency', 'priority', 'channel'] as const;
type Dimension = (typeof dimensions)[number];
const listOf = { service: 'services', agency: 'agencies', priority: 'priorities', channel: 'channels' } as const;

type Row = {
  readonly day: string;
  readonly branchId: string;
  readonly figures: Buffer;
} & { readonly [D in Dimension]?: Buffer } & { readonly [L in (typeof listOf)[Dimension]]?: string };

/**
 * The figures of all halls together in a period, as a whole and by what is asked, in the order of the keys, of what is packed
 * (REPORT-6). Nothing is told by counter or agent: those are a hall's own. Throws what Postgres throws.
 *
 * @param scope the branch that the account is limited to; `null`: to none
 */
export const readPacked = async (
  inScope: InScope,
  { period, by, targetMinutes, only }: AskedReport,
  scope: string | null,
): Promise<{ all: ReportFigures; rows: ReportRow[] }> => {
  const wanted: { of: Dimension; id: string }[] = [];
  for (const [of, id] of [
    ['agency', only.agencyId],
    ['service', only.serviceId],
    ['priority', only.priorityId],
    ['channel', only.channel],
  ] as const)
    if (id !== undefined) wanted.push({ of, id });
  const columns = dimensions.filter((of) => of === by || wanted.some((each) => each.of === of));
  const tallies = new Map<string, Tally>();
  const tallyOf = (key: string): Tally => {
    const tally = tallies.get(key) ?? new Tally(targetMinutes * 60_000);
    tallies.set(key, tally);
    return tally;
  };
  const names = readNames(inScope, null, by, scope);
  const read = ({ from, to }: Period) =>
    inScope(
      scope,
      (sql) => sql<Row[]>`
        select business_day::text as day, branch_id as "branchId",
          ${sql(['figures', ...columns.flatMap((of) => [of, listOf[of]])])}
        from visit_day where business_day between ${from}::date and ${to}::date`,
    );
  // While one lot is counted the next is on its way.
  let next: Promise<readonly Row[]> | null = null;
  for (const part of [...partsOf(period), null]) {
    const rows: readonly Row[] = (await next) ?? [];
    next = part && read(part);
    next?.catch(() => {});
    for (const row of rows) count(row, by, wanted, tallyOf);
  }
  const all = new Tally(targetMinutes * 60_000);
  for (const tally of tallies.values()) all.addAll(tally);
  const named = await names;
  const keys = [...tallies.keys()].sort((a, b) => (a < b ? -1 : 1));
  return {
    all: all.figures(),
    rows: keys.map((key) => ({ key, ...named.get(key), ...tallies.get(key)!.figures() })),
  };
};

const partsOf = ({ from, to }: Period): Period[] => {
  const parts: Period[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += daysAtOnce * dayMs) {
    const last = Math.min(at + (daysAtOnce - 1) * dayMs, Date.parse(to));
    parts.push({ from: dateOf(at), to: dateOf(last) });
  }
  return parts;
};

/** Of legs that have a key of their own, which it is; of a row's legs together, `null`. */
const keysOf = (row: Row, by: ReportBy): { one: string } | { each: readonly string[]; at: (leg: number) => number } => {
  switch (by) {
    case 'branch':
      return { one: row.branchId };
    case 'day':
      return { one: row.day };
    case 'weekday':
      return { one: String(new Date(`${row.day}T00:00:00Z`).getUTCDay() || 7) };
    case 'hour':
      return { each: hours, at: (leg) => (row.figures.readUInt16BE(leg * bytesOfLeg + 12) >> 9) & 31 };
    case 'agency':
    case 'service':
    case 'priority':
    case 'channel': {
      const which = row[by]!;
      return { each: row[listOf[by]]!.split('\n'), at: (leg) => which.readUInt16BE(leg * 2) };
    }
    default:
      return { one: '' };
  }
};
const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

const count = (
  row: Row,
  by: ReportBy,
  wanted: readonly { readonly of: Dimension; readonly id: string }[],
  tallyOf: (key: string) => Tally,
): void => {
  const { figures } = row;
  const only = wanted.map(({ of, id }) => ({ which: row[of]!, index: row[listOf[of]]!.split('\n').indexOf(id) }));
  if (only.some(({ index }) => index === -1)) return;
  const keys = keysOf(row, by);
  const ofKeys: (Tally | undefined)[] = [];
  for (let leg = 0, at = 0; at < figures.length; leg++, at += bytesOfLeg) {
    if (!only.every(({ which, index }) => which.readUInt16BE(leg * 2) === index)) continue;
    const index = 'one' in keys ? 0 : keys.at(leg);
    const tally = (ofKeys[index] ??= tallyOf('one' in keys ? keys.one : keys.each[index]!));
    tally.add(
      figures.readInt32BE(at),
      figures.readInt32BE(at + 4),
      figures.readInt32BE(at + 8),
      figures.readUInt16BE(at + 12),
    );
  }
};
