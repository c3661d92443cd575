import type { RateWindow } from '../../src/throttle/rate-window.ts';
import type { Trouble } from './weather.ts';

/** One call as the upstream saw it, and when its caller was done with it. Milliseconds since the epoch. */
export interface Entry {
  readonly bucket: Bucket;
  readonly method: string;
  readonly path: string;
  readonly sentAt: number;
  readonly arrivedAt: number;
  /** When it was answered, or given up by who had asked. */
  endedAt: number | undefined;
  status: number | undefined;
  trouble: Trouble | undefined;
  isGivenUp: boolean;
}

/** A rate limit at the upstream's end: a sliding window log. Calls that are refused take a place in no window. */
export class Bucket {
  readonly name: string;
  readonly windows: readonly RateWindow[];
  readonly #tighter: number;
  #taken: number[] = [];
  /** Nobody calls between these two: a refusal said so. */
  refusedAt = -Infinity;
  restsUntil = -Infinity;
  /** Calls that have been sent and not answered. */
  open = 0;

  constructor(name: string, windows: readonly RateWindow[], tighter: number) {
    this.name = name;
    this.windows = windows;
    this.#tighter = tighter;
  }

  /** Counts a call that arrives; undefined when it is refused. */
  judge(at: number): { readonly remaining: number } | undefined {
    const longest = Math.max(...this.windows.map(({ lengthMs }) => lengthMs));
    this.#taken = this.#taken.filter((stamp) => stamp + longest > at);
    if (this.#remaining(at) <= 0) return undefined;
    this.#taken.push(at);
    return { remaining: this.#remaining(at) };
  }

  /** Milliseconds until there is room. */
  waitMs(at: number): number {
    return Math.max(0, ...this.#taken.map((stamp) => stamp - at + Math.max(...this.windows.map((w) => w.lengthMs))));
  }

  #remaining(at: number): number {
    const free = this.windows.map(({ limit, lengthMs }) => {
      const taken = this.#taken.filter((stamp) => stamp + lengthMs > at && stamp <= at).length;
      return Math.max(1, limit - this.#tighter) - taken;
    });
    return Math.min(...free);
  }
}
