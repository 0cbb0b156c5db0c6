import { staleAfterMs } from '../protocol/screen-times.ts';
import type { Heartbeat, Patch, Snapshot } from '../protocol/screens.ts';
import { applyPatch, type Entries, hashEntries, heldFrom, type HeldView } from './entries.ts';

/** What a screen knows: the view it holds and how sure it may be of it. Pure; the clock comes in as `now` (epoch ms). */
export interface Screen {
  readonly held: HeldView | null;
  /** `lost` after `staleAfterMs` without a word from the server: the screen keeps what it has and says so. */
  readonly link: 'connecting' | 'live' | 'lost';
  /** When the server was last heard, by the screen's own clock. */
  readonly heardAt: number;
  /** The server's clock minus the screen's, ms: ages are reckoned by the server's clock. */
  readonly clockOffsetMs: number;
}

/** The next state, and whether to ask the server for a snapshot. */
export interface ScreenStep {
  readonly screen: Screen;
  readonly asksAgain: boolean;
}

export const newScreen = (now: number): Screen => ({ held: null, link: 'connecting', heardAt: now, clockOffsetMs: 0 });

export const entriesOf = (screen: Screen): Entries => screen.held?.entries ?? new Map();

export const takeSnapshot = (screen: Screen, snapshot: Snapshot, now: number): ScreenStep => {
  const isOlder = screen.held?.epoch === snapshot.epoch && snapshot.version < screen.held.version;
  const held = isOlder ? screen.held : heldFrom(snapshot);
  return { screen: heard({ ...screen, held }, snapshot.at, now), asksAgain: false };
};

export const takePatch = (screen: Screen, patch: Patch, now: number): ScreenStep => {
  const next = screen.held ? applyPatch(screen.held, patch) : 'gap';
  if (next === 'gap') return { screen: heard(screen, patch.at, now), asksAgain: true };
  return { screen: heard({ ...screen, held: next }, patch.at, now), asksAgain: false };
};

export const takeHeartbeat = (screen: Screen, beat: Heartbeat, now: number): ScreenStep => {
  const { held } = screen;
  const isRight =
    held?.epoch === beat.epoch && held.version === beat.version && hashEntries(held.entries) === beat.hash;
  return { screen: heard(screen, beat.at, now), asksAgain: !isRight };
};

/** Called about once a second. */
export const passTime = (screen: Screen, now: number): Screen =>
  screen.link === 'live' && now - screen.heardAt > staleAfterMs ? { ...screen, link: 'lost' } : screen;

const heard = (screen: Screen, serverAt: number, now: number): Screen => ({
  ...screen,
  link: screen.held ? 'live' : 'connecting',
  heardAt: now,
  clockOffsetMs: serverAt - now,
});
