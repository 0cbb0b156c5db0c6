import type { Program } from '@antrean/shared/views/announcer.ts';
import { ClipStore } from './clip-store.ts';
import { soundChime } from './sound-chime.ts';

/** How long a browser that lets a page sound takes to say so, ms. */
const permitMs = 1_000;
/** From the order to play to the first sound, so that it is not late, s. */
const leadSeconds = 0.03;

/** What an MP3 begins with that is not in its recording, s (LAME at 22,050 Hz): a browser that knows leaves it out by itself. */
const encoderDelay = 0.05;

/** One recording: where it is, and how much of it is heard. */
export interface Clip {
  readonly address: string;
  readonly ms: number;
}

/** The loudspeaker of a TV. A browser that nobody has touched may keep a page silent; a touch or a key ends that. */
export class Speaker {
  readonly clips: ClipStore;
  readonly #context = new AudioContext();
  readonly #gain = this.#context.createGain();
  #isPermitted: boolean | null = null;
  #playing: (() => void)[] = [];

  /** @param changed told when it is blocked, or not any more, and when a clip is missing */
  constructor(changed: () => void) {
    this.clips = new ClipStore(this.#context, changed);
    this.#gain.connect(this.#context.destination);
    const look = (): void => {
      const before = this.#isPermitted;
      this.#isPermitted = this.#context.state === 'running';
      if (this.#isPermitted !== before) changed();
    };
    const unblock = (): void => void this.#context.resume().catch(() => {});
    this.#context.onstatechange = look;
    setTimeout(look, permitMs);
    for (const act of ['pointerdown', 'keydown']) addEventListener(act, unblock);
    unblock();
  }

  get isRunning(): boolean {
    return this.#context.state === 'running';
  }

  get isBlocked(): boolean {
    return this.#isPermitted === false;
  }

  /**
   * Plays an announcement from now on; what was played before ends. A clip that does not come is left out, and everything else stays
   * at its time.
   *
   * @param clipOf `undefined`: the pack has none
   * @param volume 0 to 100
   */
  play({ sounds }: Program, clipOf: (language: string, id: string) => Clip | undefined, volume: number): void {
    this.silence();
    // A context that stands still would play all of it at once when it moves again.
    if (this.#context.state !== 'running') return;
    // Twice as loud is about ten times the power: in equal steps for the ear, not for the amplifier.
    this.#gain.gain.value = (volume / 100) ** 2;
    const begin = this.#context.currentTime + leadSeconds;
    const playing: (() => void)[] = [];
    this.#playing = playing;
    for (const { atMs, clip } of sounds) {
      const at = begin + atMs / 1000;
      if (clip === 'chime') {
        playing.push(soundChime(this.#context, this.#gain, at));
        continue;
      }
      const found = clipOf(clip.language, clip.id);
      if (found) void this.#playClip(found, at, playing);
    }
    // How soon a call is heard is measured by it; a page that is open for weeks keeps only the last.
    performance.clearMarks('announced');
    performance.mark('announced');
  }

  /** Ends whatever is heard. */
  silence(): void {
    for (const end of this.#playing) end();
    this.#playing = [];
  }

  async #playClip({ address, ms }: Clip, at: number, playing: (() => void)[]): Promise<void> {
    const buffer = await this.clips.get(address);
    if (!buffer || this.#playing !== playing) return;
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.#gain);
    // One that came late is heard from where it would be by now.
    const late = Math.max(0, this.#context.currentTime - at);
    if (late * 1000 >= ms) return;
    const isUncut = buffer.duration > ms / 1000 + encoderDelay;
    source.start(at + late, late + (isUncut ? encoderDelay : 0), ms / 1000 - late);
    playing.push(() => source.disconnect());
  }
}
