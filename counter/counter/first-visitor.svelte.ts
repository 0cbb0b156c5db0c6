import { playNotes } from '../lib/play-notes.ts';

/** How loud, of 1: it is heard at the desk and not by the visitor in front of the next one. */
const loudness = 0.15;
/** Two notes, upwards: Hz. */
const notes = [587, 784];

/** Says at the desk that somebody has come to a line that was empty: softly, and over other windows where the agent wants it. */
export class FirstVisitor {
  #before: number | null = null;
  #mayNotify = $state(askable() ? Notification.permission : 'denied');

  /** Whether the browser would ask for leave to show notes over other windows. */
  get canBeAsked(): boolean {
    return this.#mayNotify === 'default';
  }

  async ask(): Promise<void> {
    this.#mayNotify = await Notification.requestPermission();
  }

  /**
   * Looks at the lines of the desk, as often as they change.
   *
   * @param text of the note over other windows
   */
  note(waiting: number, isIdle: boolean, text: string): void {
    const isFirst = this.#before === 0 && waiting > 0 && isIdle;
    this.#before = waiting;
    if (!isFirst) return;
    playNotes(notes, loudness);
    // One note for the desk: the next takes its place.
    if (this.#mayNotify === 'granted' && !document.hasFocus())
      new Notification(text, { tag: 'antrean.first-visitor' }).onclick = () => window.focus();
  }
}

/** Notes are for pages over HTTPS, or of this machine. */
const askable = (): boolean => 'Notification' in globalThis && isSecureContext;
