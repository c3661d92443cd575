import { systemClock, type Clock } from '../../src/throttle/clock.ts';

/** Real time that a test can move on at once: what is scheduled stays as far away as it was. */
export class ShiftedClock implements Clock {
  #shift = 0;

  now(): number {
    return systemClock.now() + this.#shift;
  }

  schedule(task: () => void, delayMs: number): () => void {
    return systemClock.schedule(task, delayMs);
  }

  skip(ms: number): void {
    this.#shift += ms;
  }
}
