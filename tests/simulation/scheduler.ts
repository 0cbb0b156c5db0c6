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

  constructor(start: number) {
    this.now = start;
  }

  after(delayMs: number, run: () => void): void {
    const task = { at: this.now + delayMs, order: this.#order++, run };
    const heap = this.#heap;
    heap.push(task);
    for (let child = heap.length - 1; child > 0;) {
      const parent = (child - 1) >> 1;
      if (!isBefore(heap[child]!, heap[parent]!)) break;
      [heap[child], heap[parent]] = [heap[parent]!, heap[child]!];
      child = parent;
    }
  }

  /**
   * Carries out tasks until the given time. After each, whatever the code under test does at once - its promises and
   * immediates - has come to rest.
   *
   * @param passTime told how far time moves before each task, ms
   */
  async runUntil(end: number, passTime: (ms: number) => void): Promise<void> {
    for (let task = this.#heap[0]; task && task.at <= end; task = this.#heap[0]) {
      this.#removeFirst();
      if (task.at > this.now) passTime(task.at - this.now);
      this.now = task.at;
      this.steps += 1;
      task.run();
      await atRest();
    }
    if (end > this.now) passTime(end - this.now);
    this.now = end;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    heap[0] = last;
    for (let parent = 0; ;) {
      const left = 2 * parent + 1;
      const right = left + 1;
      let least = parent;
      if (left < heap.length && isBefore(heap[left]!, heap[least]!)) least = left;
      if (right < heap.length && isBefore(heap[right]!, heap[least]!)) least = right;
      if (least === parent) return;
      [heap[parent], heap[least]] = [heap[least]!, heap[parent]!];
      parent = least;
    }
  }
}

const isBefore = (a: Task, b: Task): boolean => (a.at !== b.at ? a.at < b.at : a.order < b.order);

/** Two rounds of immediates: what a task set off, and what that set off, has then run with all its promises. */
const atRest = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
