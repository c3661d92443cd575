/**
 * Time, passed in rather than reached for, so that a test can own it.
 *
 * `now` is milliseconds since the Unix epoch on a scale that never steps backwards: a window that
 * compared two readings of the wall clock would open early whenever the machine corrects its time.
 */
export interface Clock {
  now(): number;
  /** Runs `task` once, `delayMs` from now at the earliest. The returned function cancels it. */
  schedule(task: () => void, delayMs: number): () => void;
}

/** Node caps timers at 2^31 - 1 ms and fires longer ones at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Read once: it never changes, and looking it up costs more than looking at the clock. */
const { timeOrigin } = performance;

export const systemClock: Clock = {
  now: () => timeOrigin + performance.now(),
  schedule: (task, delayMs) => {
    const timer = setTimeout(task, Math.min(Math.max(0, Math.ceil(delayMs)), LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};
