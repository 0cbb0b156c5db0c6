/** Wakes an agent who has nobody to serve when somebody comes, so that nobody has to ask again and again. */
export class LineBell {
  readonly #idle = new Set<{ serves: ReadonlySet<string>; wake: () => void }>();
  #rings = 0;

  /** How often it rang: an agent who found the lines empty compares, since it may have rung while the answer came. */
  get rings(): number {
    return this.#rings;
  }

  /** Somebody joined the line of this service: wakes the agent who has been idle longest of those who serve it. */
  ring(serviceId: string): void {
    this.#rings += 1;
    for (const idle of this.#idle) {
      if (!idle.serves.has(serviceId)) continue;
      this.#idle.delete(idle);
      return idle.wake();
    }
  }

  /** Resolves with true when it rang for this agent, with false when the time was up or the replay ended. */
  wait(serves: ReadonlySet<string>, longestMs: number, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (rang: boolean): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
        this.#idle.delete(idle);
        resolve(rang);
      };
      const giveUp = (): void => end(false);
      const idle = { serves, wake: () => end(true) };
      const timer = setTimeout(giveUp, Math.max(1, longestMs));
      signal.addEventListener('abort', giveUp, { once: true });
      this.#idle.add(idle);
      if (signal.aborted) giveUp();
    });
  }
}
