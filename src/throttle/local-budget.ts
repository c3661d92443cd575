import type { Budget, BudgetScope, BudgetState, Slot, Told } from './budget.ts';
import type { Clock } from './clock.ts';
import { backgroundPart, type Priority } from './priority.ts';
import {
  earliestStart,
  earliestStartAfter,
  remainingCalls,
  unknownCalls,
  wholeAgain,
  type RateWindow,
} from './rate-window.ts';
import type { Load } from './seconds-for.ts';

/**
 * The longest a call is taken to travel before Mode has counted it. Until its answer begins, a call may
 * count as late as this; without the allowance, calls slow on the way out would share a window at Mode's
 * end with calls that we thought a whole window apart.
 */
export const TRANSIT_MS = 1_000;

export interface LocalBudgetOptions {
  readonly windows: readonly RateWindow[];
  readonly clock: Clock;
  /** @default 1000 */
  readonly transitMs?: number;
  /** @default PROCESS */
  readonly scope?: BudgetScope;
}

interface CountedCall {
  stamp: number;
}

/** Counts the calls of this process: exact sliding logs. */
export class LocalBudget implements Budget {
  readonly #windows: readonly RateWindow[];
  readonly #backgroundWindows: readonly RateWindow[];
  readonly #clock: Clock;
  readonly #transitMs: number;
  readonly #scope: BudgetScope;
  readonly #longestWindowMs: number;
  readonly #tightestLimit: number;
  /** Our calls, and as many others as Mode told us of. */
  #calls: CountedCall[] = [];
  /** Calls of the past that are remembered. */
  readonly #kept: number;
  #pausedUntil = 0;
  /** No call has a later stamp. */
  #latest = -Infinity;
  #listener: () => void = () => undefined;

  constructor({ windows, clock, transitMs = TRANSIT_MS, scope = 'PROCESS' }: LocalBudgetOptions) {
    this.#windows = windows;
    this.#backgroundWindows = windows.map(({ limit, lengthMs }) => ({ limit: backgroundPart(limit), lengthMs }));
    this.#clock = clock;
    this.#transitMs = transitMs;
    this.#scope = scope;
    this.#longestWindowMs = Math.max(...windows.map(({ lengthMs }) => lengthMs));
    this.#tightestLimit = Math.min(...windows.map(({ limit }) => limit));
    this.#kept = Math.min(1_000, Math.max(...windows.map(({ limit }) => limit)));
  }

  take(priority: Priority): Slot | undefined {
    // Read once: the clock moves on between two looks at it.
    const now = this.#clock.now();
    return this.#next(priority, now) <= now ? this.count(now + this.#transitMs) : undefined;
  }

  nextTake(priority: Priority): number {
    return this.#next(priority, this.#clock.now());
  }

  earliest(ahead: number): number {
    const now = this.#clock.now();
    const stamps = this.#landed(now);
    const base = Math.max(now, this.#pausedUntil);
    return Math.max(base, earliestStartAfter(ahead, stamps, this.#windows, now));
  }

  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  pauseUntil(time: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, time);
  }

  correct(told: Told): void {
    const all = this.#calls.map(({ stamp }) => stamp);
    const others = unknownCalls(told, all, this.#windows, told.at);
    // Whoever made them may have made them just now.
    for (let each = 0; each < others; each++) this.count(this.#clock.now());
  }

  state(): BudgetState {
    const now = this.#clock.now();
    const stamps = this.stamps(now);
    const paused = this.#pausedUntil > now;
    return {
      limit: this.#tightestLimit,
      remaining: paused ? 0 : remainingCalls(stamps, this.#windows, now),
      resetsAt: Math.max(wholeAgain(stamps, this.#windows, now), this.#pausedUntil),
      pausedUntil: this.#pausedUntil,
      scope: this.#scope,
    };
  }

  load(): Load {
    const stamps = this.#landed(this.#clock.now());
    return { windows: this.#windows, stamps, inHand: 0, notBefore: this.#pausedUntil };
  }

  /** The same as `stamps`, but that a call under way may turn out to have been counted just now. */
  #landed(now: number): number[] {
    return this.stamps(now).map((stamp) => Math.min(stamp, now));
  }

  onChange(listener: () => void): void {
    this.#listener = listener;
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }

  /** Counts a call that may reach Mode as late as `stamp`, whether or not it fits. */
  count(stamp: number): Slot {
    const call: CountedCall = { stamp };
    this.#latest = Math.max(this.#latest, stamp);
    this.#calls.push(call);
    return {
      settle: () => {
        call.stamp = Math.min(call.stamp, this.#clock.now());
      },
      giveBack: () => {
        call.stamp = -Infinity;
        this.#listener();
      },
    };
  }

  #next(priority: Priority, now: number): number {
    const windows = priority === 'person' ? this.#windows : this.#backgroundWindows;
    // The usual case first, without a copy of the log: there is room in each.
    if (windows.every((window) => this.#countIn(window, now) < window.limit)) return Math.max(now, this.#pausedUntil);
    return Math.max(earliestStart(this.stamps(now), windows, now), this.#pausedUntil);
  }

  #countIn({ lengthMs }: RateWindow, now: number): number {
    // Every answer tells how the limit stands, and most of them when nothing has been called for a while.
    if (this.#isIdle(now)) return 0;
    let live = 0;
    for (const { stamp } of this.#calls) if (stamp + lengthMs > now) live++;
    if (lengthMs === this.#longestWindowMs) this.#prune(live, now);
    return live;
  }

  #isIdle(now: number): boolean {
    return this.#latest + this.#longestWindowMs <= now;
  }

  /** Forgets what has left every window, but for as much as a window holds: what Mode says comes a little late. */
  #prune(live: number, now: number): void {
    if (this.#calls.length <= 2 * (live + this.#kept)) return;
    const isLive = ({ stamp }: CountedCall): boolean => stamp + this.#longestWindowMs > now;
    const past = this.#calls.filter((call) => !isLive(call)).slice(-this.#kept);
    this.#calls = [...past, ...this.#calls.filter(isLive)];
  }

  /** The latest moment at which each call that still counts can have reached Mode. */
  stamps(now: number): number[] {
    if (this.#isIdle(now)) return [];
    return this.#calls.filter(({ stamp }) => stamp + this.#longestWindowMs > now).map(({ stamp }) => stamp);
  }
}
