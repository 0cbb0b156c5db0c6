import type { ShownMedia } from '@antrean/shared/views/part-of-hall.ts';
import { FileKeeper } from './file-keeper.ts';

/** A video that has not moved on for so long is passed over, ms. */
const stalledMs = 10_000;
/** When none of the files can be shown, they are tried anew after so long, ms. */
const againMs = 10_000;

/** What stands beside the calls. */
interface Shown {
  readonly id: string;
  /** Of an object in this page, until the next is shown. */
  readonly address: string;
  readonly isVideo: boolean;
}

/** Shows the files of a screen in turn (SCREEN-5), the next one when a picture's time or a video is over. */
export class Playlist {
  #shown = $state.raw<Shown | null>(null);
  readonly #media: ShownMedia;
  readonly #keeper: FileKeeper;
  #isOver = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #settle: (isShown: boolean) => void = () => {};

  constructor(branchId: string, media: ShownMedia) {
    this.#media = media;
    this.#keeper = new FileKeeper(branchId);
    void this.#goRound();
    void this.#fetchAhead();
  }

  /** `null`: nothing can be shown. */
  get shown(): Shown | null {
    return this.#shown;
  }

  /** The video moves on. */
  readonly movedOn = (): void => {
    if (this.#shown?.isVideo) this.#settleAfter(stalledMs, false);
  };
  readonly ended = (): void => this.#settle(true);
  readonly failed = (): void => this.#settle(false);

  stop(): void {
    this.#isOver = true;
    this.#settle(false);
    this.#put(null);
  }

  async #goRound(): Promise<void> {
    const { files } = this.#media;
    let failures = 0;
    for (let at = 0; !this.#isOver; at++) {
      const id = files[at % files.length] ?? '';
      failures = (await this.#show(id)) ? 0 : failures + 1;
      if (failures < files.length || this.#isOver) continue;
      this.#put(null);
      await this.#wait(againMs, false);
    }
  }

  /** What comes later is there before the link is lost. */
  async #fetchAhead(): Promise<void> {
    for (const id of this.#media.files) if (!this.#isOver) await this.#keeper.get(id);
  }

  /** @returns once its time is over; `false` where it cannot be shown */
  async #show(id: string): Promise<boolean> {
    if (this.#shown?.id === id && !this.#shown.isVideo) return this.#wait(this.#media.pictureMs, true);
    const file = await this.#keeper.get(id);
    if (!file || this.#isOver) return false;
    const isVideo = file.type.startsWith('video/');
    const address = URL.createObjectURL(file);
    const canShow = isVideo || (await isPicture(address));
    if (!canShow || this.#isOver) {
      URL.revokeObjectURL(address);
      return false;
    }
    this.#put({ id, address, isVideo });
    return isVideo ? this.#wait(stalledMs, false) : this.#wait(this.#media.pictureMs, true);
  }

  /** Lets go of what was shown before: an object without an address needs no memory. */
  #put(shown: Shown | null): void {
    const before = this.#shown;
    this.#shown = shown;
    if (before) URL.revokeObjectURL(before.address);
  }

  #wait(ms: number, isShown: boolean): Promise<boolean> {
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#settleAfter(ms, isShown);
    });
  }

  #settleAfter(ms: number, isShown: boolean): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settle(isShown), ms);
  }
}

/** Whether the browser can show it; it is decoded then and appears at once. */
const isPicture = async (address: string): Promise<boolean> => {
  const picture = new Image();
  picture.src = address;
  try {
    await picture.decode();
    return true;
  } catch {
    return false;
  }
};
