import type { Simulated } from './simulate.ts';

/** Sums over many runs. */
export interface Tally {
  seeds: number;
  steps: number;
  commands: number;
  events: number;
  overtaken: number;
  /** Faults injected, by kind. */
  readonly faults: Map<string, number>;
  /** Commands carried out, by type. */
  readonly accepted: Map<string, number>;
  /** Commands refused, by the refusal's code. */
  readonly refused: Map<string, number>;
  /** Events in the ledger, by type. */
  readonly happened: Map<string, number>;
}

export const newTally = (): Tally => ({
  seeds: 0,
  steps: 0,
  commands: 0,
  events: 0,
  overtaken: 0,
  faults: new Map(),
  accepted: new Map(),
  refused: new Map(),
  happened: new Map(),
});

const counts = ['steps', 'commands', 'events', 'overtaken'] as const;
const byKind = ['faults', 'accepted', 'refused', 'happened'] as const;

/** Adds a run, or other sums, to a tally. */
export const tallyOf = (run: Simulated | Tally, tally: Tally): void => {
  tally.seeds += 'seeds' in run ? run.seeds : 1;
  for (const name of counts) tally[name] += run[name];
  for (const name of byKind) {
    for (const [kind, count] of run[name]) tally[name].set(kind, (tally[name].get(kind) ?? 0) + count);
  }
};
