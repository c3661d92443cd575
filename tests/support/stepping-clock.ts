import type { Gateway } from '../../src/gateway.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import type { Clock } from '../../src/throttle/clock.ts';

interface Task {
  readonly at: number;
  readonly run: () => void;
}

/**
 * Time for a gateway and its simulator that stands still while anything moves, and jumps to the next
 * task once every call is waiting for time itself. Sockets stay real, and a minute of waiting for
 * the rate limit takes as long as its calls do, however busy the machine is.
 */
export class SteppingClock implements Clock {
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

  /** Tasks that are still to run. */
  get waiting(): number {
    return this.#tasks.length;
  }

  skip(ms: number): void {
    this.#now += ms;
    const due = this.#tasks.filter((task) => task.at <= this.#now);
    this.#tasks = this.#tasks.filter((task) => task.at > this.#now);
    for (const task of due) task.run();
  }

  /** Steps while `work` goes on. */
  async drive<T>(work: Promise<T>, mode: Simulator, gateway: Gateway): Promise<T> {
    const state = { over: false };
    const finish = (): void => {
      state.over = true;
    };
    work.then(finish, finish);
    while (!state.over) {
      await new Promise((resolve) => setImmediate(resolve));
      const { rest, discovery } = gateway.throttles;
      const states = [...new Set([rest, discovery])].map((throttle) => throttle.state());
      const running = states.reduce((sum, state) => sum + state.running, 0);
      const queued = states.reduce((sum, state) => sum + state.queued, 0);
      const atMode = mode.ledger.entries.filter((entry) => entry.answeredAt === undefined).length;
      // Everything that was sent has arrived and waits for its latency to pass; the rest waits in the queue.
      if (running + queued > 0 && running === atMode) this.#step();
    }
    return work;
  }

  #step(): void {
    const next = this.#tasks.reduce((soonest, task) => Math.min(soonest, task.at), Infinity);
    if (next !== Infinity) this.skip(Math.max(0, next - this.#now));
  }
}
