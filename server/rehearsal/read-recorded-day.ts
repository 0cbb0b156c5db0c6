import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import {
  type RecordedFile,
  type RecordedServing,
  type RecordedVisit,
  type RecordFault,
  UnreadableRecord,
} from './recorded-day.ts';

const needed = [
  'day',
  'arrived_at',
  'service',
  'priority',
  'waited_seconds',
  'outcome',
  'served_at',
  'finished_at',
  'service_seconds',
  'agent',
] as const;
/** Says the same as `waited_seconds > 0`; read past. */
const known: readonly string[] = [...needed, 'queued'];
type Column = (typeof needed)[number];

const secondsOfDay = 86_400;
const largestBytes = 64 * 1_048_576;

/**
 * Reads a file of recorded days (CSV with a header, UTF-8) and checks all of it before anything is sent.
 *
 * @throws UnreadableRecord with every fault and its place
 */
export const readRecordedDays = async (file: string): Promise<RecordedFile> => {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UnreadableRecord(file, [fault(0, null, `cannot be read (${error.code}): check the path and its rights`)]);
  });
  if (bytes.length > largestBytes) {
    throw new UnreadableRecord(file, [
      fault(0, null, 'is larger than 64 MiB: keep the days you need and drop the rest'),
    ]);
  }
  return { sha256: createHash('sha256').update(bytes).digest('hex'), days: daysOf(basename(file), bytes) };
};

/** The visits of one day; without a day the first of the file. Throws UnreadableRecord when there is no such day. */
export const chooseDay = (
  file: string,
  { days }: RecordedFile,
  day?: number,
): { readonly day: number; readonly visits: readonly RecordedVisit[] } => {
  const chosen = day ?? [...days.keys()][0];
  const visits = chosen === undefined ? undefined : days.get(chosen);
  if (chosen === undefined || !visits) {
    const offered = [...days.keys()].join(', ');
    throw new UnreadableRecord(file, [fault(1, 'day', `there is no day ${day}; choose one of ${offered}`)]);
  }
  return { day: chosen, visits };
};

const daysOf = (file: string, bytes: Buffer): Map<number, RecordedVisit[]> => {
  const rows = rowsOf(file, bytes);
  const [header, ...body] = rows;
  if (!header) throw new UnreadableRecord(file, [fault(1, null, `is empty: it needs the header ${needed.join(',')}`)]);
  const faults = headerFaults(header.cells);
  if (faults.length > 0) throw new UnreadableRecord(file, faults);
  if (body.length === 0) {
    throw new UnreadableRecord(file, [fault(1, null, 'has a header but no visits: add a line for each visitor')]);
  }
  const days = new Map<number, RecordedVisit[]>();
  let lastDay = -Infinity;
  for (const { line, cells } of body) {
    if (cells.length !== header.cells.length) {
      const many = `has ${cells.length} cells where the header has ${header.cells.length}`;
      faults.push(fault(line, null, `${many}: look for a missing or an extra comma`));
      continue;
    }
    const row = new Row(line, header.cells, cells, faults);
    const visit = visitOf(row);
    const day = row.integer('day', 1, 1_000_000);
    if (!visit || day === null) continue;
    if (day < lastDay) row.wrong('day', `comes after day ${lastDay}: sort the lines by day, then by arrived_at`);
    lastDay = day;
    const visits = days.get(day) ?? [];
    const before = visits.at(-1)?.arrivedAt ?? 0;
    if (visit.arrivedAt < before) {
      row.wrong('arrived_at', `is ${visit.arrivedAt}, before the ${before} of the line above: sort by arrived_at`);
    }
    visits.push(visit);
    days.set(day, visits);
  }
  if (faults.length > 0) throw new UnreadableRecord(file, faults);
  return days;
};

const rowsOf = (file: string, bytes: Buffer): { line: number; cells: string[] }[] => {
  try {
    const rows = parse(bytes, { bom: true, info: true, relaxColumnCount: true, skipEmptyLines: true, trim: true });
    return (rows as unknown as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      line: info.lines,
      cells: record,
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : 1;
    throw new UnreadableRecord(file, [fault(line, null, `is not CSV: ${error.message}`)]);
  }
};

const headerFaults = (header: readonly string[]): RecordFault[] => [
  ...needed
    .filter((column) => !header.includes(column))
    .map((column) => fault(1, column, 'is missing: add it to the header and to every line')),
  ...header
    .filter((column) => !known.includes(column))
    .map((column) => fault(1, column || '(empty)', `is not known: remove or rename it; known are ${known.join(', ')}`)),
  ...header
    .filter((column, index) => known.includes(column) && header.indexOf(column) !== index)
    .map((column) => fault(1, column, 'stands twice in the header: keep one')),
];

const visitOf = (row: Row): RecordedVisit | null => {
  const arrivedAt = row.integer('arrived_at', 0, secondsOfDay);
  const priority = row.integer('priority', 0, 9);
  const waitedSeconds = row.integer('waited_seconds', 0, secondsOfDay);
  const service = row.text('service');
  if (service === '' || service.length > 64) row.wrong('service', 'must be a name of 1 to 64 characters');
  const outcome = row.text('outcome');
  if (outcome !== 'served' && outcome !== 'abandoned') {
    row.wrong('outcome', `is ${JSON.stringify(outcome)}: write served or abandoned`);
    return null;
  }
  const served = servingOf(row, outcome);
  if (arrivedAt === null || priority === null || waitedSeconds === null || row.isWrong) return null;
  return { line: row.line, arrivedAt, service, priority, waitedSeconds, outcome, ...(served && { served }) };
};

/** Three cells that are filled together or not at all; whoever left has none of them, and no agent. */
const servingOf = (row: Row, outcome: 'served' | 'abandoned'): RecordedServing | null => {
  const columns = ['served_at', 'finished_at', 'service_seconds'] as const;
  const filled = columns.filter((column) => row.text(column) !== '');
  const agent = row.text('agent');
  if (outcome === 'abandoned') {
    const first = filled[0] ?? (agent === '' ? undefined : ('agent' as const));
    if (first) row.wrong(first, 'must be empty for a visitor who abandoned: empty it or write served as outcome');
    return null;
  }
  if (filled.length === 0) return null;
  const empty = columns.find((column) => row.text(column) === '');
  if (empty) {
    row.wrong(empty, `is empty while ${filled.join(' and ')} is not: fill all three or none`);
    return null;
  }
  if (agent.length > 64) row.wrong('agent', 'must have at most 64 characters');
  const servedAt = row.integer('served_at', 0, secondsOfDay);
  const finishedAt = row.integer('finished_at', 0, secondsOfDay);
  const serviceSeconds = row.integer('service_seconds', 0, secondsOfDay);
  if (servedAt === null || finishedAt === null || serviceSeconds === null) return null;
  // A service that went on past midnight is finished at a second of the next day.
  const between = finishedAt - servedAt;
  if (serviceSeconds !== between && serviceSeconds !== between + secondsOfDay) {
    row.wrong(
      'service_seconds',
      `is ${serviceSeconds}, but finished_at - served_at is ${between}: correct one of them`,
    );
  }
  return { servedAt, serviceSeconds, agent: agent === '' ? null : agent };
};

/** One line of the file that notes what is wrong with it. */
class Row {
  readonly line: number;
  isWrong = false;
  readonly #header: readonly string[];
  readonly #cells: readonly string[];
  readonly #faults: RecordFault[];

  constructor(line: number, header: readonly string[], cells: readonly string[], faults: RecordFault[]) {
    this.line = line;
    this.#header = header;
    this.#cells = cells;
    this.#faults = faults;
  }

  text(column: Column): string {
    return this.#cells[this.#header.indexOf(column)] ?? '';
  }

  integer(column: Column, min: number, max: number): number | null {
    const text = this.text(column);
    const value = Number(text);
    if (/^-?\d+$/.test(text) && value >= min && value <= max) return value;
    this.wrong(column, `is ${JSON.stringify(text)}: write a whole number from ${min} to ${max}`);
    return null;
  }

  wrong(column: Column, message: string): void {
    this.isWrong = true;
    this.#faults.push(fault(this.line, column, message));
  }
}

const fault = (line: number, column: string | null, message: string): RecordFault => ({ line, column, message });
