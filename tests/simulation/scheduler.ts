interface Task {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** Time and order of everything that happens in a simulation: one task after another, by time and then by entry. */
export class Scheduler {
  /** Simulated time, epoch ms. */
  now: number;
  /** Tasks carried out so far. */
  steps = 0;
  #order = 0;
  readonly #heap: Task[] = [];
  #immediates: (() => void)[] = [];

  constructor(start: number) {
    this.now = start;
  }

  after(delayMs: number, run: () => void): void {
    const task = { at: this.now + delayMs, order: this.#order++, run };
    const heap = this.#heap;
    heap.push(task);
    let place = heap.length - 1;
    for (let parent = (place - 1) >> 1; place > 0 && isBefore(task, heap[parent]!); parent = (place - 1) >> 1) {
      heap[place] = heap[parent]!;
      place = parent;
    }
    heap[place] = task;
  }

  /**
   * Carries out tasks until the given time. After each, whatever the code under test does at once - its promises and
   * immediates - has come to rest. To be called between two turns of the machine's own loop, see `betweenTurns`.
   */
  runUntil(end: number): void {
    for (let task = this.#heap[0]; task && task.at <= end; task = this.#heap[0]) {
      this.#removeFirst();
      this.now = task.at;
      this.steps += 1;
      task.run();
      this.#comeToRest();
    }
    this.now = end;
  }

  /** Gives the code under test this time and these timers instead of the machine's. @returns gives them back */
  install(): () => void {
    const { setTimeout, clearTimeout, setImmediate, performance } = globalThis;
    const timer = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
      const handle = { isCancelled: false };
      this.after(ms, () => {
        if (!handle.isCancelled) run(...args);
      });
      return handle;
    };
    Object.assign(globalThis, {
      setTimeout: timer,
      clearTimeout: (handle: { isCancelled: boolean } | null) => handle && (handle.isCancelled = true),
      setImmediate: (run: (...args: unknown[]) => void, ...args: unknown[]) => {
        this.#immediates.push(() => run(...args));
      },
    });
    Object.defineProperty(globalThis, 'performance', { configurable: true, value: { now: () => this.now } });
    return () => {
      Object.assign(globalThis, { setTimeout, clearTimeout, setImmediate });
      Object.defineProperty(globalThis, 'performance', { configurable: true, value: performance });
    };
  }

  /** Promises first, then immediates, and again what these set off. */
  #comeToRest(): void {
    for (;;) {
      runMicrotasks();
      const immediates = this.#immediates;
      if (immediates.length === 0) return;
      this.#immediates = [];
      for (const run of immediates) run();
    }
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let place = 0;
    for (;;) {
      let least = 2 * place + 1;
      if (least + 1 < heap.length && isBefore(heap[least + 1]!, heap[least]!)) least += 1;
      if (least >= heap.length || !isBefore(heap[least]!, last)) break;
      heap[place] = heap[least]!;
      place = least;
    }
    heap[place] = last;
  }
}

/**
 * Carries out every promise reaction there is, and those they set off, before it returns: what Node does itself after each
 * callback. Awaiting one's way through them instead took a tenth of the simulation's time, and needed a guess at how deep
 * a chain of awaits can be.
 */
const runMicrotasks = (process as unknown as { readonly _tickCallback: () => void })._tickCallback;

const { setImmediate: afterThisTurn } = globalThis;

/** Runs in a turn of the loop of its own, where no promise reaction is under way: within one none can be carried out. */
export const betweenTurns = <T>(run: () => T): Promise<T> =>
  new Promise((resolve, reject) =>
    afterThisTurn(() => {
      try {
        resolve(run());
      } catch (error) {
        reject(error as Error);
      }
    }),
  );

const isBefore = (a: Task, b: Task): boolean => (a.at !== b.at ? a.at < b.at : a.order < b.order);
