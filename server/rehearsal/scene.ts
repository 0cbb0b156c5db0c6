import { setTimeout as sleep } from 'node:timers/promises';
import type { BranchView } from '@antrean/shared/protocol/branch.ts';
import type { HallApi } from './hall-api.ts';
import { type BoardSeen, readBoard } from './read-board.ts';

/** What visitors and agents of a simulation share. */
export interface Scene {
  readonly branch: BranchView;
  readonly visitors: HallApi;
  readonly staff: HallApi;
  readonly pace: number;
  readonly signal: AbortSignal;
  /** Counters that an agent of the simulation has or is about to open, with the agent. */
  readonly taken: Map<string, string>;
  /** The hall as it was last seen. */
  board: BoardSeen | null;
}

export const lookAround = async (scene: Scene): Promise<BoardSeen> => (scene.board = await readBoard(scene.visitors));

/** Lets seconds of the demo hall pass. Rejects with an AbortError when the simulation is stopped. */
export const pass = (scene: Scene, seconds: number): Promise<void> =>
  sleep((seconds * 1_000) / scene.pace, undefined, { signal: scene.signal });
