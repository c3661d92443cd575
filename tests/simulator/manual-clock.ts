import type { SimulatorClock } from '../../src/simulator/index.ts';

interface Task {
  at: number;
  run: () => void;
}

/** Time that moves when a test says so. */
export class ManualClock implements SimulatorClock {
  #now = Date.UTC(2026, 8, 1, 12);
  #tasks: Task[] = [];

  now(): number {
    return this.#now;
  }

  schedule(run: () => void, delayMs: number): () => void {
    const task: Task = { at: this.#now + delayMs, run };
    this.#tasks.push(task);
    return () => {
      this.#tasks = this.#tasks.filter((other) => other !== task);
    };
  }

  get waiting(): number {
    return this.#tasks.length;
  }

  advance(ms: number): void {
    this.#now += ms;
    const due = this.#tasks.filter((task) => task.at <= this.#now);
    this.#tasks = this.#tasks.filter((task) => task.at > this.#now);
    for (const task of due) task.run();
  }
}
