import type { Told } from '../budget.ts';
import { earliestStartAfter, remainingCalls, unknownCalls, wholeAgain, type RateWindow } from '../rate-window.ts';
import type { Reply } from './contact.ts';

/**
 * What Redis last said, in this replica's time. Redis spoke between our asking and its being heard; moments are
 * reckoned from the asking, so that they are never later than the truth: callers are refused on them.
 */
export class Picture {
  readonly #sentAt: number;
  readonly #stamps: readonly number[];
  readonly #windows: readonly RateWindow[];
  readonly #reserved: number;
  /** Nobody is granted anything before. */
  readonly shutUntil: number;

  constructor(windows: readonly RateWindow[], sentAt: number, reply?: Reply) {
    this.#windows = windows;
    this.#sentAt = sentAt;
    this.#stamps = reply?.ages.map((age) => sentAt - age) ?? [];
    this.#reserved = reply?.reserved ?? 0;
    this.shutUntil = reply && reply.quarantineMs > 0 ? sentAt + reply.quarantineMs : -Infinity;
  }

  /**
   * No sooner than this could a call start that has `ahead` others before it. Slots of others that were not settled
   * may be given back, or turn out to have been used long before now: only what is certain is counted.
   *
   * @param own when our own calls reach Mode at the latest
   */
  earliest(ahead: number, own: readonly number[], now: number): number {
    const certain = this.#stamps.filter((stamp) => stamp <= this.#sentAt);
    const since = own.filter((stamp) => stamp > this.#sentAt).map((stamp) => Math.min(stamp, now));
    return Math.max(this.shutUntil, earliestStartAfter(ahead, [...certain, ...since], this.#windows, now));
  }

  /** When each call reached Mode, slots that were granted and perhaps not used among them: those as of now. */
  stamps(own: readonly number[], now: number): number[] {
    const since = own.filter((stamp) => stamp > this.#sentAt);
    return [...this.#stamps, ...since].map((stamp) => Math.min(stamp, now));
  }

  /** Calls that could be granted now, as far as is known. */
  remaining(now: number): number {
    if (now < this.shutUntil) return 0;
    return Math.max(0, remainingCalls(this.#stamps, this.#windows, now) - this.#reserved);
  }

  wholeAgain(now: number): number {
    return Math.max(this.shutUntil, wholeAgain(this.#stamps, this.#windows, now));
  }

  /** Whether Mode counts more than was known when Redis last spoke. */
  isNews(told: Told): boolean {
    return unknownCalls(told, this.#stamps, this.#windows, told.at) > 0;
  }
}
