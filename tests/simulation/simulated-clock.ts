import { slices } from '../../src/mode/slices.ts';
import type { Clock } from '../../src/throttle/clock.ts';

interface Task {
  readonly at: number;
  readonly run: () => void;
  readonly owner: ClockView;
  isOver: boolean;
}

/** A stretch of time in which the machine slept: what fell due in it comes when it is over. */
export interface Sleep {
  readonly from: number;
  readonly to: number;
}

/** Time as one party sees it, who is answerable for the timers it leaves behind. */
export class ClockView implements Clock {
  readonly #clock: SimulatedClock;
  /** Timers of this party that have neither run nor been cancelled. */
  waiting = 0;

  constructor(clock: SimulatedClock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now;
  }

  schedule(run: () => void, delayMs: number): () => void {
    return this.#clock.schedule(run, this.#clock.now + Math.max(0, delayMs), this);
  }
}

/** Time that goes from task to task, and leaps where the schedule has the machine sleep. */
export class SimulatedClock {
  readonly start: number = Date.UTC(2026, 8, 1, 12);
  now: number = this.start;
  /** In order of the time they are due; of those due together, the first scheduled is the first. */
  readonly #tasks: Task[] = [];
  readonly #sleeps: Sleep[];
  readonly #turns: number;

  /** @param turns of the event loop that pass between two tasks; what takes more of them is overtaken by time */
  constructor(turns: number, sleeps: readonly { readonly afterMs: number; readonly lengthMs: number }[]) {
    this.#turns = turns;
    this.#sleeps = sleeps
      .map(({ afterMs, lengthMs }) => ({ from: this.start + afterMs, to: this.start + afterMs + lengthMs }))
      .sort((a, b) => a.from - b.from);
  }

  view(): ClockView {
    return new ClockView(this);
  }

  schedule(run: () => void, at: number, owner: ClockView): () => void {
    const task: Task = { at, run, owner, isOver: false };
    this.#tasks.splice(this.#placeOf(at), 0, task);
    owner.waiting++;
    return () => {
      if (task.isOver) return;
      this.#end(task);
      const place = this.#tasks.indexOf(task);
      if (place !== -1) this.#tasks.splice(place, 1);
    };
  }

  /** Runs task after task, with all that follows from each, until `isDone` or nothing is left. False when nothing is. */
  async runUntil(isDone: () => boolean): Promise<boolean> {
    await this.settle();
    while (!isDone()) {
      const [task] = this.#tasks;
      if (!task) return false;
      const [sleep] = this.#sleeps;
      if (sleep && sleep.from <= task.at) {
        this.#sleeps.shift();
        this.now = Math.max(this.now, sleep.to);
        continue;
      }
      this.#tasks.shift();
      this.#end(task);
      this.now = Math.max(this.now, task.at);
      task.run();
      await this.settle();
    }
    return true;
  }

  /** When what can settle without time passing has, or has had its turns. */
  async settle(): Promise<void> {
    do {
      for (let turn = 0; turn < this.#turns; turn++) await new Promise((resolve) => setImmediate(resolve));
      // Long work goes by the machine's own clock: on a busy one it is cut into more slices, each of which takes a turn.
    } while (slices.waiting > 0);
  }

  #end(task: Task): void {
    task.isOver = true;
    task.owner.waiting--;
  }

  #placeOf(at: number): number {
    let low = 0;
    let high = this.#tasks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#tasks[middle]?.at ?? Infinity) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
