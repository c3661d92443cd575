/**
 * The simulator's idea of time. Same shape as the gateway's own clock, so one manual clock can drive both in a test.
 *
 * `now` is milliseconds since the Unix epoch. `schedule` runs `task` once, `delayMs` from now at the earliest, and
 * returns a function that cancels it.
 */
export interface SimulatorClock {
  now(): number;
  schedule(task: () => void, delayMs: number): () => void;
}

/** Real time, from the monotonic timer: a correction of the machine's clock cannot bend a rate window. */
export const realClock: SimulatorClock = {
  now: () => performance.timeOrigin + performance.now(),
  schedule(task, delayMs) {
    const timer = setTimeout(task, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};
