import type { Clock } from '../../throttle/clock.ts';

export interface LineLimitOptions {
  readonly clock: Clock;
  /** Lines in each period. */
  readonly lines: number;
  readonly periodMs: number;
}

/** Lets so many lines through in each period, and counts the others for the next that goes through. */
export class LineLimit {
  readonly #options: LineLimitOptions;
  #periodEnd = -Infinity;
  #written = 0;
  #unwritten = 0;

  constructor(options: LineLimitOptions) {
    this.#options = options;
  }

  /** How many were held back since the last line; undefined when this one is held back too. */
  pass(): number | undefined {
    const { clock, lines, periodMs } = this.#options;
    const now = clock.now();
    if (now >= this.#periodEnd) {
      this.#periodEnd = now + periodMs;
      this.#written = 0;
    }
    if (this.#written === lines) {
      this.#unwritten++;
      return undefined;
    }
    this.#written++;
    const heldBack = this.#unwritten;
    this.#unwritten = 0;
    return heldBack;
  }
}
