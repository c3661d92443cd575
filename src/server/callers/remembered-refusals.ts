import type { Clock } from '../../throttle/clock.ts';
import type { Refusal } from '../refusal.ts';

/** Credentials that were refused a moment ago, by their digest: asked again, they cost nobody a call. */
export class RememberedRefusals {
  readonly #clock: Clock;
  readonly #forMs: number;
  readonly #most: number;
  /** Oldest first. */
  readonly #known = new Map<string, { readonly refusal: Refusal; readonly until: number }>();

  /** @param most the oldest are forgotten beyond it */
  constructor(clock: Clock, forMs: number, most: number) {
    this.#clock = clock;
    this.#forMs = forMs;
    this.#most = most;
  }

  find(digest: string): Refusal | undefined {
    const known = this.#known.get(digest);
    return known && this.#clock.now() < known.until ? known.refusal : undefined;
  }

  remember(digest: string, refusal: Refusal): void {
    this.#known.delete(digest);
    this.#known.set(digest, { refusal, until: this.#clock.now() + this.#forMs });
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= this.#most) return;
      this.#known.delete(oldest);
    }
  }
}
