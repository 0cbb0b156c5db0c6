import { loadTranslate } from '@antrean/shared/locales/load-translate.ts';
import type { MessageKey, MessageValues, Translate } from '@antrean/shared/locales/translate.ts';

/** What the screen speaks now. Changing the language changes every text at once. */
export class Speech {
  #language: string;
  #translate = $state.raw<Translate | null>(null);

  constructor(language: string) {
    this.#language = $state(language);
    void this.speak(language);
  }

  get language(): string {
    return this.#language;
  }

  /** Whether the texts have come. */
  get isReady(): boolean {
    return this.#translate !== null;
  }

  readonly say = (key: MessageKey, values?: MessageValues): string => this.#translate?.(key, values) ?? '';

  /** Resolves when the texts have come; tries until they do. */
  async speak(language: string): Promise<void> {
    this.#language = language;
    for (;;) {
      try {
        const translate = await loadTranslate(language);
        if (this.#language !== language) return;
        this.#translate = translate;
        document.documentElement.lang = language;
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    }
  }
}
