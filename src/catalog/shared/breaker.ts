import type { Clock } from '../../throttle/clock.ts';
import { backoffMs } from './sharing-policy.ts';
import type { SharingTiming } from './sharing-timing.ts';

export interface BreakerOptions {
  readonly clock: Clock;
  readonly timing: Pick<SharingTiming, 'firstBackoffMs' | 'longestBackoffMs'>;
  readonly warn: (message: string) => void;
}

/** A way to Redis that was let be tried. */
export interface Attempt {
  succeeded(): void;
  failed(): void;
}

/**
 * Leaves Redis alone after it has failed, for longer each time, so that not every question waits for it in vain. Then one
 * tries; the others go on without until that has worked.
 */
export class Breaker {
  readonly #options: BreakerOptions;
  #failures = 0;
  #closedUntil = -Infinity;
  #isTried = false;
  /** Tells the failures of one connection, which all come at once, from one another. */
  #round = 0;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  /** Undefined while Redis is left alone. */
  attempt(): Attempt | undefined {
    if (this.#failures > 0) {
      if (this.#isTried || this.#options.clock.now() < this.#closedUntil) return undefined;
      this.#isTried = true;
    }
    const round = this.#round;
    return {
      succeeded: () => {
        if (round !== this.#round) return;
        if (this.#failures > 0) this.#isBack();
      },
      failed: () => {
        if (round === this.#round) this.#isAway();
      },
    };
  }

  #isAway(): void {
    const { clock, timing, warn } = this.#options;
    this.#round++;
    this.#isTried = false;
    if (++this.#failures === 1) {
      warn('Redis cannot be reached: until it is back, this replica reads and keeps the catalog by itself');
    }
    this.#closedUntil = clock.now() + backoffMs(this.#failures, timing);
  }

  #isBack(): void {
    this.#isTried = false;
    this.#failures = 0;
    this.#options.warn('Redis is back: the catalog is shared with the other replicas again');
  }
}
