import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { newCommandId } from '@antrean/shared/client/command-id.ts';
import type { BranchView } from '@antrean/shared/protocol/branch.ts';
import { hallApi, HallRejects } from './hall-api.ts';
import { lookAround, type Scene } from './scene.ts';
import { seeded } from './seeded.ts';
import { simulateAgent } from './simulate-agent.ts';
import { simulateVisitors } from './simulate-visitors.ts';

export interface SimulationOptions {
  readonly address: string;
  readonly branchId: string;
  /** A manager's: may act at every counter. */
  readonly login: string;
  readonly password: string;
  /** The same seed makes the same choices; how they fall together depends on time. Absent: another each time. */
  readonly seed?: number;
  /** How many times faster than a demo hall everything happens; 1 unless a test is in a hurry. */
  readonly pace?: number;
  /** Agents at the most, 8 unless said otherwise; half of the counters are left to people in any case. */
  readonly agents?: number;
  /** Told about what stands in the way, once each time. */
  readonly warn?: (message: string) => void;
}

const lookEveryMs = 2_000;
const retryMs = 5_000;

/**
 * Keeps a hall busy with visitors and agents of its own, over the public API: visitors come at random and more often for
 * some services, agents open counters, call, serve, now and then miss somebody or take a break. Lines neither explode nor
 * stay empty, since who comes looks at how many wait. Takes only counters that are closed, and leaves those of others
 * alone. Goes on when the server was away.
 *
 * @returns stops it: visits at its counters are ended and the counters closed, within a few seconds
 */
export const simulate = (options: SimulationOptions): (() => Promise<void>) => {
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const running = run(options, stop.signal);
  return async () => {
    stop.abort();
    await running;
  };
};

const run = async (options: SimulationOptions, signal: AbortSignal): Promise<void> => {
  const { address, branchId, login, password, pace = 1, warn = () => {} } = options;
  const shared = { address, branchId, inFlight: 8, patienceMs: Infinity, hurry: signal };
  const staff = hallApi({ ...shared, account: { login, password } });
  const visitors = hallApi(shared);
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);

  /** Repeats an actor's whole part from its beginning until the simulation is stopped. */
  const keepUp = async (part: () => Promise<void>): Promise<void> => {
    while (!signal.aborted) {
      try {
        await part();
      } catch (error) {
        if (signal.aborted) return;
        warn(`the simulation pauses: ${(error as Error).message}`);
        // A wrong password does not become right by trying often, and tries are counted.
        await pause(error instanceof HallRejects ? retryMs * 24 : retryMs, signal);
      }
    }
  };

  let scene: Scene | null = null;
  await keepUp(async () => {
    const branch = await staff.read<BranchView>('');
    if (!branch) throw new HallRejects(`there is no hall ${branchId} at ${address}`);
    await staff.command('/day/open', newCommandId());
    scene = { branch, visitors, staff, pace, signal, taken: new Map(), board: null };
    await lookAround(scene);
    await play(scene, options.agents ?? 8, seed, keepUp);
  });
};

const play = async (
  scene: Scene,
  agentLimit: number,
  seed: number,
  keepUp: (part: () => Promise<void>) => Promise<void>,
): Promise<void> => {
  const half = Math.max(1, Math.floor(scene.branch.counters.length / 2));
  const agents = Array.from({ length: Math.min(agentLimit, half) }, (_, index) => index + 1);
  await Promise.all([
    keepUp(async () => {
      await lookAround(scene);
      await pause(lookEveryMs / scene.pace, scene.signal);
    }),
    keepUp(() => simulateVisitors(scene, seeded(seed))),
    ...agents.map((number) => {
      const chance = seeded(seed + number);
      return keepUp(() => simulateAgent(scene, `simulated-${number}`, chance));
    }),
  ]);
};

const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal }).catch(() => {});
