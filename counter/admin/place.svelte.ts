import { readAddress } from './address.ts';

/** Which section of the page is open and what it looks for, as the address says. To be made while a component starts. */
export class Place {
  #hash = $state(location.hash);
  readonly #address = $derived(readAddress(this.#hash));

  constructor() {
    $effect(() => {
      const follow = (): void => void (this.#hash = location.hash);
      addEventListener('hashchange', follow);
      return () => removeEventListener('hashchange', follow);
    });
  }

  get section(): string {
    return this.#address.section;
  }

  get looksFor(): Readonly<Record<string, string>> {
    return this.#address.looksFor;
  }
}
