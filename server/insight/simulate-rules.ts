import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { type SimulatedDay, startSimulation } from '@antrean/shared/domain/what-if/simulate-day.ts';
import { setupOfBlueprint } from '@antrean/shared/protocol/setup-of-blueprint.ts';
import { BranchUnknown } from '../hall/halls.ts';
import type { Sql } from '../ledger/connect-postgres.ts';
import { changeRules } from '../setup/change-rules.ts';
import { exportBlueprint } from '../setup/export-blueprint.ts';
import { findDay, readDay } from './read-day.ts';

export interface AskedSimulation {
  readonly branchId: BranchId;
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** A `RuleChange`, or a draft of any shape. */
  readonly change: unknown;
  readonly targetMs?: number;
  /** Only whether the rules are right: something else of the question is not. */
  readonly isOnlyCheck?: boolean;
}

export type SimulationAnswer =
  | { readonly kind: 'done'; readonly revision: number; readonly day: SimulatedDay }
  | { readonly kind: 'wrong-rules'; readonly faults: readonly string[] }
  | { readonly kind: 'right-rules' }
  /** No ticket was issued on it. */
  | { readonly kind: 'no-such-day'; readonly date: string }
  /** Another is under way on this node. */
  | { readonly kind: 'busy' };

/** Some 5 ms of work; between two slices everybody else gets a turn. */
const happeningsAtOnce = 100;

/**
 * Answers what if, one question at a time: a node has a hall to run first. Reads the ledger and writes nothing. Throws
 * what Postgres throws, and `BranchUnknown`.
 */
export const ruleSimulator = (sql: Sql): ((asked: AskedSimulation) => Promise<SimulationAnswer>) => {
  let isBusy = false;
  return async (asked) => {
    if (isBusy) return { kind: 'busy' };
    isBusy = true;
    try {
      return await simulate(sql, asked);
    } finally {
      isBusy = false;
    }
  };
};

const simulate = async (
  sql: Sql,
  { branchId, date, change, targetMs, isOnlyCheck }: AskedSimulation,
): Promise<SimulationAnswer> => {
  const exported = await exportBlueprint(sql, branchId);
  if (!exported) throw new BranchUnknown(branchId);
  const { blueprint, revision } = exported;
  const changed = changeRules(blueprint, change);
  if (changed.faults) return { kind: 'wrong-rules', faults: changed.faults };
  if (isOnlyCheck) return { kind: 'right-rules' };
  const opened = await findDay(sql, branchId, date);
  if (opened === null) return { kind: 'no-such-day', date };

  const simulation = startSimulation({
    own: setupOfBlueprint(blueprint),
    other: setupOfBlueprint(changed.blueprint),
    ...(targetMs !== undefined && { targetMs }),
  });
  for await (const events of readDay(sql, branchId, opened)) {
    for (const event of events) simulation.take(event);
    await nextTurn();
  }
  while (simulation.advance(happeningsAtOnce)) await nextTurn();
  return { kind: 'done', revision, day: simulation.end() };
};
