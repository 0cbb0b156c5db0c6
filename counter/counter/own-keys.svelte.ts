import {
  actionWithKey,
  type DeskKeys,
  isLetterKey,
  type KeyAction,
  type OwnKeyAction,
  putKey,
  readKeys,
  usualKeys,
} from '@antrean/shared/views/desk-keys.ts';

const place = 'antrean.desk-keys';

/** The keys of the console at this browser, as whoever works there wants them. */
export class OwnKeys {
  #lettersAreOn = $state(true);
  #keys = $state.raw<DeskKeys>(usualKeys);

  constructor() {
    const kept = read();
    this.#lettersAreOn = kept.letters !== false;
    this.#keys = readKeys(kept.keys);
  }

  /** Whether keys of one letter or digit do anything (WCAG 2.1.4). */
  get lettersAreOn(): boolean {
    return this.#lettersAreOn;
  }

  get areUsual(): boolean {
    return (Object.keys(usualKeys) as OwnKeyAction[]).every((action) => this.#keys[action] === usualKeys[action]);
  }

  /** @returns the key of an act, whether it does anything now or not */
  of(action: OwnKeyAction): string {
    return this.#keys[action];
  }

  /** @returns what a button shows, if its act has a key that does something */
  shownOn(action: string): string | undefined {
    const key = (this.#keys as Readonly<Partial<Record<string, string>>>)[action];
    return key !== undefined && (this.#lettersAreOn || !isLetterKey(key)) ? key : undefined;
  }

  turnLetters(areOn: boolean): void {
    this.#lettersAreOn = areOn;
    this.#keep();
  }

  /** @param key one that is free */
  put(action: OwnKeyAction, key: string): void {
    this.#keys = putKey(this.#keys, action, key);
    this.#keep();
  }

  putUsual(): void {
    this.#keys = usualKeys;
    this.#keep();
  }

  /**
   * The act a key stands for. None with Ctrl, Alt or Meta but Ctrl+Z, none while the key is held down, none in a field one
   * types into or where keys of one letter are turned off; and Space on a button is that button's. Colleagues are called
   * from anywhere, unless that is done by a letter.
   */
  actionOf(event: KeyboardEvent): KeyAction | undefined {
    if (event.altKey || event.repeat || event.defaultPrevented) return undefined;
    const target = event.target instanceof Element ? event.target : null;
    if (isPlain(event) && event.key === this.#keys['call-colleagues'] && !isLetterKey(event.key))
      return 'call-colleagues';
    if (target?.closest('input, textarea, select, [contenteditable], dialog')) return undefined;
    if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === 'z' && !event.shiftKey ? 'undo' : undefined;
    if (event.key === ' ' && target?.closest('button, a')) return undefined;
    if (isLetterKey(event.key) && !this.#lettersAreOn) return undefined;
    return actionWithKey(this.#keys, event.key);
  }

  #keep(): void {
    try {
      localStorage.setItem(place, JSON.stringify({ letters: this.#lettersAreOn, keys: this.#keys }));
    } catch {
      // A browser that keeps nothing keeps it for this page at least.
    }
  }
}

const isPlain = ({ ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean => !ctrlKey && !metaKey && !shiftKey;

const read = (): { readonly letters?: unknown; readonly keys?: unknown } => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return {};
  }
};
