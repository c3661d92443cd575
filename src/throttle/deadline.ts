import type { Clock } from './clock.ts';

/**
 * The moment by which an operation must be answered. However many of its reads watch it, there is one timer,
 * and none once nothing is left to watch for: a timer that outlives its operation would hold memory for
 * as long as the longest question may take.
 */
export class Deadline {
  readonly at: number;
  readonly #clock: Clock;
  readonly #watchers = new Set<() => void>();
  #cancelTimer: (() => void) | undefined;

  /** @param at milliseconds since the epoch; Infinity for never */
  constructor(at: number, clock: Clock) {
    this.at = at;
    this.#clock = clock;
  }

  /** Milliseconds until then. */
  get leftMs(): number {
    return this.at - this.#clock.now();
  }

  /** Calls `watcher` once the moment has come. The returned function takes it back. */
  watch(watcher: () => void): () => void {
    if (this.at === Infinity) return () => undefined;
    this.#watchers.add(watcher);
    this.#cancelTimer ??= this.#clock.schedule(() => this.#pass(), Math.max(0, this.at - this.#clock.now()));
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.#stop();
    };
  }

  #pass(): void {
    this.#stop();
    // A timer may fire a little early.
    if (this.#clock.now() < this.at) {
      this.#cancelTimer = this.#clock.schedule(() => this.#pass(), this.at - this.#clock.now());
      return;
    }
    const watchers = [...this.#watchers];
    this.#watchers.clear();
    for (const watcher of watchers) watcher();
  }

  #stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }
}
