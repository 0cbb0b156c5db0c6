import { type SortedMap, sortedMap } from '../sorted-map.ts';

/**
 * What is to happen, in the order of time. Within one instant those go first who leave a counter or a line, then the
 * counters, then whoever comes; within each, what was put down first.
 */
export interface Agenda<Task> {
  readonly add: (at: number, order: Order, task: Task) => void;
  /** Instant of the next; `undefined` when nothing is left. */
  readonly nextAt: () => number | undefined;
  readonly takeNext: () => Task | undefined;
}

export const order = { step: 0, duty: 1, arrival: 2, look: 3 } as const;
type Order = (typeof order)[keyof typeof order];

export const startAgenda = <Task>(): Agenda<Task> => {
  const tasks: SortedMap<string, { at: number; task: Task }> = sortedMap();
  let added = 0;
  const first = () => {
    const key = tasks.minKey();
    return key === undefined ? undefined : { key, ...tasks.get(key)! };
  };
  return {
    add: (at, rank, task) => {
      added += 1;
      tasks.set(`${String(at).padStart(14, '0')}|${rank}|${String(added).padStart(9, '0')}`, { at, task });
    },
    nextAt: () => first()?.at,
    takeNext: () => {
      const next = first();
      if (next) tasks.delete(next.key);
      return next?.task;
    },
  };
};
