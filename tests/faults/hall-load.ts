import { serviceCount } from '../harness/plain-hall.ts';
import type { CommandLog } from './command-log.ts';

export interface HallLoad {
  /** Lets every sender finish its command; answers when none is open any more. */
  readonly stop: () => Promise<void>;
}

/** Between two commands of one sender, ms: a busy hall, not a benchmark. */
const paceMs = 10;

/** Kiosks that issue and counters that call, recall and finish, until stopped; now and then one is repeated. Every other visitor
 * is of the priority class, where one is named. */
export const startHallLoad = (
  logs: readonly CommandLog[],
  { kiosks = 4, counters = 4, priority = null as string | null } = {},
): HallLoad => {
  let isStopped = false;
  const every = async (act: (turn: number) => Promise<void>): Promise<void> => {
    for (let turn = 0; !isStopped; turn += 1) {
      await act(turn);
      await new Promise((resolve) => setTimeout(resolve, paceMs));
    }
  };
  const logOf = (sender: number): CommandLog => {
    const log = logs[sender % logs.length];
    if (!log) throw new Error('a load needs a log');
    return log;
  };
  const kiosk = (sender: number) => {
    const log = logOf(sender);
    return every(async (turn) => {
      const serviceId = `S-${(sender + turn * 3) % serviceCount}`;
      const issued = await log.send('/tickets', { serviceId, ...(priority && turn % 2 === 0 && { priority }) });
      if (issued.outcome !== 'done') return;
      if (turn % 7 === 3) await log.repeat(issued);
      const { id } = (issued.answer?.ticket ?? {}) as { id?: string };
      if (turn % 11 === 5) await log.send(`/tickets/${id}/cancel`);
    });
  };
  const counter = (sender: number) => {
    const log = logOf(sender);
    return every(async (turn) => {
      const called = await log.send(`/counters/C-${sender + 1}/call-next`);
      if (called.outcome !== 'done') return;
      if (turn % 5 === 2) await log.repeat(called);
      if (turn % 4 === 1) await log.send(`/counters/C-${sender + 1}/recall`);
      if (turn % 3 === 1) await log.send(`/counters/C-${sender + 1}/finish`);
    });
  };
  const senders = [
    ...Array.from({ length: kiosks }, (_, index) => kiosk(index)),
    ...Array.from({ length: counters }, (_, index) => counter(index)),
  ];
  return {
    stop: async () => {
      isStopped = true;
      await Promise.all(senders);
    },
  };
};
