import { keepLink, type LinkSocket } from '@antrean/shared/client/keep-link.ts';
import type { HelpCalls } from '@antrean/shared/protocol/help.ts';
import type { ShownCall, TvState } from '@antrean/shared/protocol/shown-calls.ts';
import type { BoardWaits, Handshake } from '@antrean/shared/protocol/screens.ts';
import { entriesOf, newScreen, type Screen } from '@antrean/shared/views/screen.ts';
import { shutOf } from '@antrean/shared/views/say-shut.ts';
import { rangesOf } from '@antrean/shared/views/wait-range.ts';
import { io, type Socket } from 'socket.io-client';

/** How long a lost link is kept to itself: a moment's silence is nobody's business, ms. */
const patienceMs = 5_000;

/** What was said of the waits so long ago is shown no more, ms: the server says it every minute. */
const waitsGoodForMs = 180_000;

/** Joins the screen's fold to its socket and to the clock; decides nothing. */
export class LiveScreen {
  #screen = $state.raw<Screen>(newScreen(Date.now()));
  #now = $state(Date.now());
  readonly entries = $derived(entriesOf(this.#screen));
  /** Whether the screen should say that what it shows may be out of date. */
  readonly isStale = $derived(this.#screen.link === 'lost' && this.#now - this.#screen.heardAt > patienceMs);
  #toldWaits = $state.raw<BoardWaits | null>(null);
  readonly #knowsWaits = $derived(!this.isStale && this.now - (this.#toldWaits?.at ?? -Infinity) < waitsGoodForMs);
  /** How long newcomers wait by service (WAIT-5), where anything can be said of it now. */
  readonly waits = $derived(rangesOf(this.#knowsWaits ? this.#toldWaits : null));
  /** The services that give nobody a number now (HOURS-5), as far as that is known. */
  readonly shut = $derived(shutOf(this.#knowsWaits ? this.#toldWaits : null));
  /** When the hours of a closed hall begin next (HOURS-6), epoch ms, as far as that is known. */
  readonly opensAt = $derived(this.#knowsWaits ? this.#toldWaits?.opensAt : undefined);
  /** When a test of this screen's sound was asked for (VOICE-8), epoch ms; by its answer the server knows which. */
  soundTestAt = $state<number | null>(null);
  /** The kiosks that call staff (HELP-1), as staff were told last. */
  helpCalls = $state.raw<HelpCalls['calls']>([]);
  /** On how many TVs each call is to be seen (SHOW-9), as staff were told last; `null`: not told, or not up to date. */
  #shownCalls = $state.raw<readonly ShownCall[] | null>(null);
  readonly shownCalls = $derived(this.#screen.link === 'lost' ? null : this.#shownCalls);
  /** What this TV says of itself; said anew to each server that it comes to. */
  #tv: TvState | null = null;
  /** Staff pages listen here for what public screens are never told. */
  readonly socket: Socket;
  #waiting: { version: number; resolve: () => void }[] = [];
  readonly stop: () => void;

  /** @param refused told when the server does not let this screen follow, as when the session has ended */
  constructor(handshake: Handshake, refused: () => void) {
    const socket: Socket = io({
      transports: ['websocket'],
      auth: handshake,
      timeout: 5_000,
      reconnectionDelay: 500,
      reconnectionDelayMax: 3_000,
    });
    this.socket = socket;
    socket.on('connect', () => this.#tv && socket.emit('shows', this.#tv));
    socket.on('disconnect', () => (this.#shownCalls = null));
    socket.on('shown', (calls: readonly ShownCall[]) => (this.#shownCalls = calls));
    socket.on('connect_error', ({ message }) => message === 'NOT_ALLOWED' && refused());
    socket.on('soundTest', (askedAt: number) => (this.soundTestAt = askedAt));
    socket.on('help', (calls: HelpCalls['calls']) => (this.helpCalls = calls));
    socket.on('waits', (waits: BoardWaits) => (this.#toldWaits = waits));
    this.stop = keepLink(socket as unknown as LinkSocket, (screen) => {
      this.#screen = screen;
      this.#now = Date.now();
      const version = screen.held?.version ?? 0;
      this.#waiting = this.#waiting.filter((waiting) => {
        if (waiting.version <= version) waiting.resolve();
        return waiting.version > version;
      });
    });
  }

  get link(): Screen['link'] {
    return this.#screen.link;
  }

  /** Whether a first snapshot has come. */
  get isFilled(): boolean {
    return this.#screen.held !== null;
  }

  /** The server's clock, epoch ms, moving on once a second. */
  get now(): number {
    return this.#now + this.#screen.clockOffsetMs;
  }

  /** A TV says what it shows. */
  shows(state: TvState): void {
    this.#tv = state;
    if (this.socket.connected) this.socket.emit('shows', state);
  }

  /** Resolves when the screen shows `version`, or after three seconds if it does not come. */
  reached(version: number): Promise<void> {
    if ((this.#screen.held?.version ?? 0) >= version) return Promise.resolve();
    return new Promise((resolve) => {
      setTimeout(resolve, 3_000);
      this.#waiting.push({ version, resolve });
    });
  }
}
