import { soundChime } from '../lib/sound-chime.ts';

/** A bell, a pause to listen, and again: over a minute, then whoever has not heard it will not. */
const everyMs = 4_000;
const times = 16;
/** Shaken, still, shaken, ms. */
const shakes = [500, 200, 500];

/** Tells a visitor by sound and shaking that they are called. A browser allows it after a touch, so it is made by one. */
export class Alarm {
  readonly #context = new AudioContext();
  #ringing: ReturnType<typeof setInterval> | undefined;
  #left = 0;

  /** Sounds once, so that it is known how loud that will be, and keeps the screen on where the browser can. */
  constructor() {
    this.#sound();
    void this.keepAwake();
  }

  /** To be asked for again whenever the page was out of sight: then the browser lets go of it. */
  async keepAwake(): Promise<void> {
    try {
      if ('wakeLock' in navigator) await navigator.wakeLock.request('screen');
    } catch {
      // Too little battery, or not allowed: it sounds all the same.
    }
  }

  ring(): void {
    this.hush();
    this.#left = times;
    const once = (): void => {
      this.#sound();
      if (--this.#left <= 0) this.hush();
    };
    this.#ringing = setInterval(once, everyMs);
    once();
  }

  hush(): void {
    clearInterval(this.#ringing);
  }

  /** Gives up the loudspeaker. */
  close(): void {
    this.hush();
    void this.#context.close();
  }

  #sound(): void {
    void this.#context.resume();
    soundChime(this.#context, this.#context.destination, this.#context.currentTime + 0.05);
    if ('vibrate' in navigator) navigator.vibrate(shakes);
  }
}
