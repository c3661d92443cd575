/**
 * Floor 1, the throttle: how often Mode may be called with one credential.
 *
 * It knows windows, a queue and a clock. It must never know what a call is for: no URL, no payload,
 * no GraphQL. Everything above asks it for a permit before each attempt and hands the permit back.
 */
import { setMaxListeners } from 'node:events';
import type { Budget, BudgetState, Slot, Told } from './budget.ts';
import { BudgetExhaustedError } from './budget-exhausted-error.ts';
import type { Clock } from './clock.ts';
import type { Claim, Ticket } from './claim.ts';
import { afterAnswer, afterRefusal, concurrencyUpTo, type Concurrency } from './concurrency.ts';
import { COMMON_LANE, type Lane } from './lane.ts';
import { partyOf, type PartyFollower } from './party.ts';
import { permitFor, type Permit } from './permit.ts';
import { backgroundPart, type Priority } from './priority.ts';
import { RateLimitedError } from './rate-limited-error.ts';
import { earliestStartAfter, type RateWindow } from './rate-window.ts';
import { pauseAfterRefusal } from './retry-after.ts';
import { secondsFor } from './seconds-for.ts';
import { WaitingRoom, type Waiting } from './waiting-room.ts';

export type { Claim, Ticket } from './claim.ts';
export type { Permit } from './permit.ts';
export type { Priority } from './priority.ts';

export interface ThrottleOptions {
  /** What the credential is allowed; says how long a refusal without a hint is sat out. */
  readonly windows: readonly RateWindow[];
  /** Keeps the count. */
  readonly budget: Budget;
  /** Calls that may be under way at once, at the most. */
  readonly concurrency: number;
  readonly clock: Clock;
  /**
   * A pause longer than this is not sat out: whoever waits is told when to come back.
   *
   * @default 60000
   */
  readonly longestPauseMs?: number;
}

export interface ThrottleState extends BudgetState {
  readonly queued: number;
  readonly running: number;
  /** Calls that may be under way at once, just now. */
  readonly concurrency: number;
  /** How long a call asked now by somebody new would wait, in milliseconds: at least that long. */
  readonly estimatedWaitMs: number;
}

interface Waiter extends Waiting, PartyFollower {
  grant(slot: Slot): void;
  refuse(error: Error): void;
}

const COMMON_PARTY = partyOf(COMMON_LANE);

export class Throttle {
  readonly #windows: readonly RateWindow[];
  readonly #budget: Budget;
  readonly #clock: Clock;
  readonly #longestPauseMs: number;
  readonly #waiting = new WaitingRoom<Waiter>();

  #concurrency: Concurrency;
  #running = 0;
  #nextTicket: Ticket = 0;
  #cancelTimer: (() => void) | undefined;

  constructor(options: ThrottleOptions) {
    this.#windows = options.windows;
    this.#budget = options.budget;
    this.#clock = options.clock;
    this.#concurrency = concurrencyUpTo(options.concurrency);
    this.#longestPauseMs = options.longestPauseMs ?? 60_000;
    this.#budget.onChange(() => this.#pump());
  }

  /** Takes a place at the end of its lane without waiting in it. */
  takeTicket(): Ticket {
    return this.#nextTicket++;
  }

  /**
   * Resolves when the call may start. A free window is spent at once; nothing paces calls that fit.
   *
   * @throws {BudgetExhaustedError} as soon as it is clear that it cannot start before its party's deadline
   * @throws {RateLimitedError} when Mode has asked for a pause longer than `longestPauseMs`
   * @throws the signal's reason, at once and without charging the window, when it is aborted
   */
  acquire({
    ticket = this.takeTicket(),
    signal,
    party = COMMON_PARTY,
    priority = asPerson,
    isTentative = false,
  }: Claim = {}): Promise<Permit> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(asError(signal.reason));
        return;
      }
      const leave = (): void => {
        signal?.removeEventListener('abort', onAbort);
        party.unfollow(waiter);
      };
      const onAbort = (): void => {
        this.#forget(waiter);
        leave();
        reject(asError(signal?.reason));
        // Not at once: others of the same operation wait on the same signal, and have yet to hear of it.
        queueMicrotask(() => this.#pump());
      };
      const waiter: Waiter = {
        ticket,
        isTentative,
        party,
        priority,
        joined: (lane) => {
          this.#waiting.joined(lane, waiter);
          this.#pump();
        },
        left: (lane) => this.#waiting.left(lane, waiter),
        grant: (slot) => {
          leave();
          resolve(this.#start(slot));
        },
        refuse: (error) => {
          this.#forget(waiter);
          leave();
          reject(error);
        },
      };
      // Many calls of one question wait on one signal; Node would warn of a leak at the eleventh.
      if (signal) setMaxListeners(0, signal);
      signal?.addEventListener('abort', onAbort, { once: true });
      party.follow(waiter);
      this.#waiting.enter(waiter);
      this.#pump();
      this.#refuseIfTooLate(waiter);
    });
  }

  /** No sooner than this could a new call of this lane start that has `more` others of its own before it. */
  earliestStart(lane: Lane, more = 0): number {
    return this.#budget.earliest(this.#waiting.aheadOfNew(lane) + more);
  }

  /** When such a call is likely to start, for those who are told to come back: while Redis is gone, that is later. */
  likelyStart(lane: Lane, more = 0): number {
    const next = this.#budget.nextTake('person');
    return Math.max(this.earliestStart(lane, more), next < Infinity ? next : 0);
  }

  /**
   * Seconds until the last of so many calls of this lane starts, as things stand: what the windows hold, who waits,
   * a pause. How long Mode takes to answer is not in it.
   */
  secondsFor(calls: number, lane: Lane): number {
    if (calls === 0) return 0;
    const others = this.#waiting.othersBefore(lane, calls);
    return secondsFor(calls, { ...this.#budget.load(), others, now: this.#clock.now() });
  }

  /** Milliseconds from the first to the last of so many calls, were every window free and nobody else there: never less. */
  leastMsFor(calls: number): number {
    return earliestStartAfter(Math.max(1, calls) - 1, [], this.#windows, 0);
  }

  /** Mode said 429: everybody on this credential rests. Never shortens a pause that is running. */
  refused(retryAfter: string | null, timesInARow = 1): void {
    const now = this.#clock.now();
    // Calls that were under way together are refused together; that is one reason to slow down, not four.
    if (this.#budget.pausedUntil <= now) this.#concurrency = afterRefusal(this.#concurrency);
    this.#budget.pauseUntil(now + pauseAfterRefusal(retryAfter, this.#windows, now, timesInARow));
    this.#pump();
  }

  /** Mode answered, and said how many calls remain, if it did: others may use the same credential. */
  answered(told?: Told): void {
    this.#concurrency = afterAnswer(this.#concurrency);
    if (told) this.#budget.correct(told);
  }

  /** Looks at the queue again: a priority is another now, and who was kept waiting for it may go. */
  reconsider(): void {
    this.#waiting.reconsider();
    this.#pump();
  }

  state(): ThrottleState {
    const now = this.#clock.now();
    return {
      ...this.#budget.state(),
      queued: this.#waiting.size,
      running: this.#running,
      concurrency: this.#concurrency.cap,
      estimatedWaitMs: this.likelyStart(COMMON_LANE) - now,
    };
  }

  /** Lets go of what the count is kept with. */
  async dispose(): Promise<void> {
    this.#cancelTimer?.();
    await this.#budget.dispose();
  }

  #forget(waiter: Waiter): void {
    this.#waiting.leave(waiter);
    if (this.#waiting.size === 0) this.#stopTimer();
  }

  #stopTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #pump(): void {
    this.#stopTimer();
    const pause = this.#budget.pausedUntil - this.#clock.now();
    if (pause > this.#longestPauseMs) {
      const error = new RateLimitedError(Math.ceil(pause / 1_000));
      for (const waiter of this.#waiting) waiter.refuse(error);
      return;
    }
    this.#refuseWhoIsTooLateAt(this.#clock.now());
    while (this.#startNext()) {
      // One after the other, each seeing what the last one left.
    }
  }

  /** Starts the call whose turn it is. False when none can start now; it has then seen to it that somebody looks again. */
  #startNext(): boolean {
    const as = this.#waiting.nextGoesAs;
    if (!as) return false;
    const { cap } = this.#concurrency;
    if (this.#running >= (as === 'person' ? cap : backgroundPart(cap))) return false;
    const slot = this.#budget.take(as);
    if (!slot) {
      this.#lookAgainAt(this.#budget.nextTake(as));
      return false;
    }
    this.#waiting.next()?.grant(slot);
    return true;
  }

  #lookAgainAt(time: number): void {
    const now = this.#clock.now();
    // A timer may fire a little early: whoever looks then looks at the clock, rather than believe it.
    if (time < Infinity) this.#cancelTimer = this.#clock.schedule(() => this.#pump(), Math.max(0, time - now));
    this.#refuseWhoIsTooLateAt(this.#budget.earliest(0));
  }

  #refuseWhoIsTooLateAt(start: number): void {
    for (const waiter of this.#waiting.tooLateAt(start)) waiter.refuse(this.#exhausted(start));
  }

  /** A newcomer that stands too far behind learns it now, rather than when its time is over. */
  #refuseIfTooLate(waiter: Waiter): void {
    const ahead = this.#waiting.ahead(waiter);
    if (ahead === undefined || waiter.isTentative || waiter.party.deadline === Infinity) return;
    const start = this.#budget.earliest(ahead);
    if (start > waiter.party.deadline) waiter.refuse(this.#exhausted(start));
  }

  #exhausted(start: number): BudgetExhaustedError {
    return new BudgetExhaustedError(Math.max(1, Math.ceil((start - this.#clock.now()) / 1_000)));
  }

  #start(slot: Slot): Permit {
    this.#running++;
    return permitFor(slot, {
      settled: () => this.#pump(),
      ended: () => {
        this.#running--;
        this.#pump();
      },
    });
  }
}

function asPerson(): Priority {
  return 'person';
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new DOMException('The operation was aborted.', 'AbortError');
}
