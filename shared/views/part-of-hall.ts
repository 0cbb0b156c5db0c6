import type { BranchView } from '../protocol/branch.ts';

/** What of a hall a screen shows: these counters, and the services they serve (SCREEN-1). */
export interface PartOfHall {
  readonly layout: 'board' | 'sign';
  readonly hasCounter: (counterId: string) => boolean;
  readonly hasService: (serviceId: string) => boolean;
  /** By language; absent: it has nothing to say. */
  readonly notice?: Readonly<Record<string, string>>;
  /** Shown in turn beside the calls. */
  readonly media?: ShownMedia;
  /** How loud calls are announced, 0 to 100. A sign hangs beside others, and they would all speak at once: it is silent. */
  readonly volume: number;
}

/** Files of the hall, by id, and how long a picture of them stays, ms. */
export interface ShownMedia {
  readonly files: readonly string[];
  readonly pictureMs: number;
}

/**
 * @param screenId as the screen's address names it; `null`: the whole hall
 * @returns `null` where the hall has no such screen
 */
export const partOfHall = (
  { screens, counters, announcements }: BranchView,
  screenId: string | null,
): PartOfHall | null => {
  const { volume } = announcements;
  if (screenId === null) return { layout: 'board', hasCounter: () => true, hasService: () => true, volume };
  const screen = screens.find(({ id }) => id === screenId);
  if (!screen) return null;
  const shown = new Set(screen.counters ?? counters.map(({ id }) => id));
  const served = new Set(counters.filter(({ id }) => shown.has(id)).flatMap(({ serves }) => serves));
  return {
    layout: screen.layout,
    volume: screen.layout === 'board' ? (screen.volume ?? volume) : 0,
    hasCounter: (id) => shown.has(id),
    hasService: (id) => served.has(id),
    ...(screen.notice && { notice: screen.notice }),
    ...(screen.media && screen.layout === 'board' && { media: screen.media }),
  };
};
