import type { DayEntry, LineEntry, Snapshot } from '@antrean/shared/protocol/screens.ts';
import type { HallApi } from './hall-api.ts';

/** What everybody in the hall can see. */
export interface BoardSeen {
  readonly isDayOpen: boolean;
  /** Counters that somebody is at, on a break or not. */
  readonly openCounters: ReadonlySet<string>;
  /** How many wait, by service; absent where nobody does. */
  readonly waiting: ReadonlyMap<string, number>;
}

/** Looks at the lobby's board. */
export const readBoard = async (api: HallApi): Promise<BoardSeen> => {
  const entries = (await api.read<Snapshot>('/board'))?.entries ?? [];
  const below = (kind: string): [string, unknown][] =>
    entries.flatMap(([key, value]) => (key.startsWith(`${kind}/`) ? [[key.slice(kind.length + 1), value]] : []));
  const day = entries.find(([key]) => key === 'day')?.[1] as DayEntry | undefined;
  return {
    isDayOpen: day?.isOpen ?? false,
    openCounters: new Set(below('counter').map(([id]) => id)),
    waiting: new Map(below('line').map(([id, line]) => [id, (line as LineEntry).waiting])),
  };
};
