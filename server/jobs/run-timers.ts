import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from '@antrean/shared/domain/commands.ts';
import type { Hall } from '@antrean/shared/domain/hall.ts';
import type { BranchId } from '@antrean/shared/domain/ids.ts';
import { nextTimerAt } from '@antrean/shared/domain/timers.ts';
import { commandIdOf } from '../hall/derive-command-id.ts';
import type { Halls } from '../hall/halls.ts';

/** Whoever is woken so little too early waits for the moment, ms. */
const earlyMs = 500;

/**
 * Carries out what is due in a branch (TIMER-1). Rejects when the branch cannot be loaded.
 *
 * @param clock epoch ms by the database's clock
 */
export const runTimers = async (halls: Halls, branchId: BranchId, clock: () => number): Promise<void> => {
  const { hall, setup } = await halls.branch(branchId);
  const at = nextTimerAt(hall, setup);
  if (at === null || at - clock() > earlyMs) return;
  await sleep(Math.max(0, at - clock()));
  await halls.run(branchId, timersCommand(hall, at));
};

/** Two nodes that see the same thing fall due send the same command. */
export const timersCommand = ({ branchId, version }: Hall, at: number): Command<'run-timers'> => ({
  type: 'run-timers',
  commandId: commandIdOf('run-timers', branchId, version, at),
  actor: { kind: 'timer' },
});
