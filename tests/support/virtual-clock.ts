import type { Clock } from '../../src/throttle/clock.ts';

interface Task {
  readonly at: number;
  readonly run: () => void;
}

/** Time that moves when a test says so, from task to task: the same test, the same milliseconds. */
export class VirtualClock implements Clock {
  /** Where its time begins: a round number of seconds, as HTTP dates have them. */
  readonly start: number = Date.UTC(2026, 8, 1, 12);
  #now = this.start;
  /** In order of the time they are due; of those due together, the first scheduled is the first. */
  readonly #tasks: Task[] = [];

  now(): number {
    return this.#now;
  }

  /** Milliseconds since the start. */
  get elapsed(): number {
    return this.#now - this.start;
  }

  /** Tasks that have not run yet. */
  get waiting(): number {
    return this.#tasks.length;
  }

  schedule(run: () => void, delayMs: number): () => void {
    const task: Task = { at: this.#now + Math.max(0, delayMs), run };
    const place = this.#tasks.findIndex((other) => other.at > task.at);
    this.#tasks.splice(place === -1 ? this.#tasks.length : place, 0, task);
    return () => {
      const current = this.#tasks.indexOf(task);
      if (current !== -1) this.#tasks.splice(current, 1);
    };
  }

  /** Moves time on by `ms`, running what falls due on the way, each with all that follows from it. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settled();
    await this.#runUntil(end);
    this.#now = end;
  }

  /** The machine slept: time has moved on, and what fell due meanwhile runs late, in its order. */
  jump(ms: number): void {
    this.#now += ms;
  }

  /** Runs everything that is scheduled, and what that schedules, and stops at the time of the last of it. */
  async runUntilIdle(): Promise<void> {
    await settled();
    await this.#runUntil(Infinity);
  }

  async #runUntil(end: number): Promise<void> {
    for (;;) {
      const [task] = this.#tasks;
      if (task === undefined || task.at > end) return;
      this.#tasks.shift();
      // Not back, when it runs late.
      this.#now = Math.max(this.#now, task.at);
      task.run();
      await settled();
    }
  }
}

/** When every promise that can settle without time passing has. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
