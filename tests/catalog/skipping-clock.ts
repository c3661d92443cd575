import type { Clock } from '../../src/throttle/clock.ts';
import { acceleratedClock } from '../support/accelerated-clock.ts';

export interface SkippingClock extends Clock {
  /** An hour passes at once. What is scheduled does not notice. */
  skip(ms: number): void;
}

/** Accelerated time that can also leap, for what takes an hour to grow old. */
export function skippingClock(speed = 50): SkippingClock {
  const clock = acceleratedClock(speed);
  let skipped = 0;
  return {
    now: () => clock.now() + skipped,
    schedule: (task, delayMs) => clock.schedule(task, delayMs),
    skip: (ms) => (skipped += ms),
  };
}
