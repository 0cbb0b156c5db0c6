const place = 'antrean.letter-keys';

/** Whether keys of one letter or digit are on at this browser: on, until somebody turns them off (WCAG 2.1.4). */
export class LetterKeys {
  #areOn = $state(true);

  constructor() {
    this.#areOn = read() !== 'off';
  }

  get areOn(): boolean {
    return this.#areOn;
  }

  readonly turn = (areOn: boolean): void => {
    this.#areOn = areOn;
    try {
      localStorage.setItem(place, areOn ? 'on' : 'off');
    } catch {
      // A browser that keeps nothing keeps it for this page at least.
    }
  };
}

const read = (): string | null => {
  try {
    return localStorage.getItem(place);
  } catch {
    return null;
  }
};
