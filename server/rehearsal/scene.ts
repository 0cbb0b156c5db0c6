import { setTimeout as sleep } from 'node:timers/promises';
import type { BranchView } from '@antrean/shared/protocol/branch.ts';
import type { DayEntry, LineEntry, Snapshot } from '@antrean/shared/protocol/screens.ts';
import type { HallApi } from './hall-api.ts';

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

export interface BoardSeen {
  readonly isDayOpen: boolean;
  /** Counters that somebody is at, a person or the simulation. */
  readonly openCounters: ReadonlySet<string>;
  readonly waiting: ReadonlyMap<string, number>;
}

/** Looks at the lobby's board, as everybody in the hall can. */
export const lookAround = async (scene: Scene): Promise<BoardSeen> => {
  const snapshot = await scene.visitors.read<Snapshot>('/board');
  const entries = snapshot?.entries ?? [];
  const below = (kind: string): [string, unknown][] =>
    entries.flatMap(([key, value]) => (key.startsWith(`${kind}/`) ? [[key.slice(kind.length + 1), value]] : []));
  const day = entries.find(([key]) => key === 'day')?.[1] as DayEntry | undefined;
  scene.board = {
    isDayOpen: day?.isOpen ?? false,
    openCounters: new Set(below('counter').map(([id]) => id)),
    waiting: new Map(below('line').map(([id, line]) => [id, (line as LineEntry).waiting])),
  };
  return scene.board;
};

/** Lets seconds of the demo hall pass. Rejects with an AbortError when the simulation is stopped. */
export const pass = (scene: Scene, seconds: number): Promise<void> =>
  sleep((seconds * 1_000) / scene.pace, undefined, { signal: scene.signal });
