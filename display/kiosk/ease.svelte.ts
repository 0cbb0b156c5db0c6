import { getContext, setContext } from 'svelte';

/** What makes the kiosk easier for this visitor; chosen on the first page, and kept until the next visitor. */
export class Ease {
  isLarge = $state(false);
  isContrast = $state(false);
  /** Every control within reach of whoever sits: in the lower half of an upright panel (EN 301 549, 8.3). */
  isLow = $state(false);
  /** Everything is spoken, and done by keys (SPOKEN-1). */
  isSpoken = $state(false);

  get isChosen(): boolean {
    return this.isLarge || this.isContrast || this.isLow || this.isSpoken;
  }

  /** For style sheets. */
  get names(): string {
    return Object.entries({ large: this.isLarge, contrast: this.isContrast, low: this.isLow, spoken: this.isSpoken })
      .filter(([, isOn]) => isOn)
      .map(([name]) => name)
      .join(' ');
  }

  startAnew(): void {
    this.isLarge = false;
    this.isContrast = false;
    this.isLow = false;
    this.isSpoken = false;
  }
}

const key = Symbol('ease');

/** To be made while the kiosk's hall starts; its parts find it with `findEase`. */
export const makeEase = (): Ease => setContext(key, new Ease());
export const findEase = (): Ease => getContext<Ease>(key);
