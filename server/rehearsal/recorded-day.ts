/** One visitor of a recorded day. Instants are seconds of that day, 0 is midnight; durations are seconds. */
export interface RecordedVisit {
  /** Line of the file, counted from 1: names the visit in every command id and message. */
  readonly line: number;
  readonly arrivedAt: number;
  readonly service: string;
  /** 0 is the ordinary visitor; a higher number goes before a lower one. */
  readonly priority: number;
  readonly waitedSeconds: number;
  readonly outcome: 'served' | 'abandoned';
  /** Absent for whoever left, and where the record lost it. */
  readonly served?: RecordedServing;
}

export interface RecordedServing {
  readonly servedAt: number;
  readonly serviceSeconds: number;
  /** `null`: the record does not say who. */
  readonly agent: string | null;
}

/** A file with one or more recorded days. */
export interface RecordedFile {
  /** Of its bytes, hexadecimal: what a replay of the same file has in common with another. */
  readonly sha256: string;
  /** In the order of the file, each with its visits in the order of arrival. */
  readonly days: ReadonlyMap<number, readonly RecordedVisit[]>;
}

/** One thing wrong with a file, with its place in it. */
export interface RecordFault {
  readonly line: number;
  readonly column: string | null;
  /** What is wrong and what to do, in English: the file is made by whoever reads this. */
  readonly message: string;
}

const faultsShown = 10;

/** The file cannot be replayed. Nothing was sent. */
export class UnreadableRecord extends Error {
  readonly faults: readonly RecordFault[];
  /** The first faults with their places, a line each, for a message of one's own. */
  readonly places: readonly string[];

  constructor(file: string, faults: readonly RecordFault[]) {
    const shown = faults
      .slice(0, faultsShown)
      .map(({ line, column, message }) => `  line ${line}${column ? `, column ${column}` : ''}: ${message}`);
    const rest = faults.length - shown.length;
    const places = [...shown, ...(rest > 0 ? [`  and ${rest} more like these`] : [])];
    super([`${file} cannot be replayed; nothing was sent.`, ...places].join('\n'));
    this.faults = faults;
    this.places = places;
  }
}
