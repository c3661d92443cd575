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
import { afterAnswer, afterRefusal, concurrencyUpTo, type Concurrency } from './concurrency.ts';
import { FairQueue } from './fair-queue.ts';
import { COMMON_LANE, type Lane } from './lane.ts';
import { partyOf, type Party, type PartyFollower } from './party.ts';
import { backgroundPart, MOST_PERSONS_IN_A_ROW, type Priority } from './priority.ts';
import { RateLimitedError } from './rate-limited-error.ts';
import type { RateWindow } from './rate-window.ts';
import { pauseAfterRefusal } from './retry-after.ts';

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

/** The right to make one attempt. */
export interface Permit {
  /** The answer has begun, or the attempt failed: Mode has counted the call by now. */
  settle(): void;
  /** The attempt is over, its body read: the connection is free. Settles too. */
  release(): void;
  /** The attempt was cut before its answer began: the connection is free, but Mode may still be about to count it. */
  abandon(): void;
  /** No attempt was made: it is as if the permit had never been granted. */
  giveBack(): void;
}

/** A place in the queue. An attempt that is repeated keeps its ticket, and with it its place. */
export type Ticket = number;

export interface Claim {
  /** @default a new one, at the end of the queue */
  readonly ticket?: Ticket;
  /** Aborted when the permit is no longer wanted. */
  readonly signal?: AbortSignal | undefined;
  /** On whose behalf. @default nobody's in particular, without a deadline */
  readonly party?: Party | undefined;
  /** Asked anew when `reconsider` is called. @default person */
  readonly priority?: (() => Priority) | undefined;
}

export interface ThrottleState extends BudgetState {
  readonly queued: number;
  readonly running: number;
  /** Calls that may be under way at once, just now. */
  readonly concurrency: number;
  /** How long a call asked now by somebody new would wait, in milliseconds: at least that long. */
  readonly estimatedWaitMs: number;
}

interface Waiter extends PartyFollower {
  readonly ticket: Ticket;
  readonly party: Party;
  readonly priority: () => Priority;
  grant(slot: Slot): void;
  refuse(error: Error): void;
}

const COMMON_PARTY = partyOf(COMMON_LANE);

export class Throttle {
  readonly #windows: readonly RateWindow[];
  readonly #budget: Budget;
  readonly #clock: Clock;
  readonly #longestPauseMs: number;
  readonly #persons = new FairQueue<Waiter>();
  readonly #background = new FairQueue<Waiter>();

  #concurrency: Concurrency;
  #running = 0;
  #nextTicket: Ticket = 0;
  /** People's calls that went while the background was waiting. */
  #personsInARow = 0;
  /** No waiter has an earlier deadline than this. */
  #soonestDeadline = Infinity;
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
        party,
        priority,
        joined: (lane) => {
          this.#queueOf(waiter)?.addTo(lane, waiter);
          this.#pump();
        },
        left: (lane) => {
          this.#queueOf(waiter)?.removeFrom(lane, waiter);
          this.#soonestDeadline = Math.min(this.#soonestDeadline, party.deadline);
        },
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
      (priority() === 'person' ? this.#persons : this.#background).add(waiter, party.lanes);
      this.#soonestDeadline = Math.min(this.#soonestDeadline, party.deadline);
      this.#pump();
      this.#refuseIfTooLate(waiter);
    });
  }

  /** No sooner than this could a new call of this lane start that has `more` others of its own before it. */
  earliestStart(lane: Lane, more = 0): number {
    return this.#budget.earliest(this.#persons.aheadOfNew(lane) + more);
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

  /** Looks at the queue again: a priority has risen, and who was kept waiting for it may go now. */
  reconsider(): void {
    for (const waiter of [...this.#background]) {
      if (waiter.priority() === 'background') continue;
      this.#background.delete(waiter);
      this.#persons.add(waiter, waiter.party.lanes);
      this.#soonestDeadline = Math.min(this.#soonestDeadline, waiter.party.deadline);
    }
    this.#pump();
  }

  state(): ThrottleState {
    const now = this.#clock.now();
    return {
      ...this.#budget.state(),
      queued: this.#persons.size + this.#background.size,
      running: this.#running,
      concurrency: this.#concurrency.cap,
      estimatedWaitMs: this.#budget.earliest(this.#persons.aheadOfNew(COMMON_LANE)) - now,
    };
  }

  /** Lets go of what the count is kept with. */
  async dispose(): Promise<void> {
    this.#cancelTimer?.();
    await this.#budget.dispose();
  }

  #queueOf(waiter: Waiter): FairQueue<Waiter> | undefined {
    return [this.#persons, this.#background].find((queue) => queue.has(waiter));
  }

  #forget(waiter: Waiter): void {
    if (!this.#persons.delete(waiter)) this.#background.delete(waiter);
    if (this.#persons.size + this.#background.size === 0) this.#stopTimer();
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
      for (const waiter of [...this.#persons, ...this.#background]) waiter.refuse(error);
      return;
    }
    this.#refuseThoseWhoseTimeEndsBefore(this.#clock.now());
    while (this.#startNext()) {
      // One after the other, each seeing what the last one left.
    }
  }

  /** Starts the call whose turn it is. False when none can start now; it has then seen to it that somebody looks again. */
  #startNext(): boolean {
    const isBackgroundsTurn = this.#background.isReady && this.#personsInARow >= MOST_PERSONS_IN_A_ROW;
    if (!this.#persons.isReady || isBackgroundsTurn) {
      // Its turn after so many of people's is a whole one: its part of the window may be full of theirs.
      return this.#startFrom(this.#background, isBackgroundsTurn ? 'person' : 'background');
    }
    return this.#startFrom(this.#persons, 'person');
  }

  #startFrom(queue: FairQueue<Waiter>, as: Priority): boolean {
    if (!queue.isReady) return false;
    const { cap } = this.#concurrency;
    if (this.#running >= (as === 'person' ? cap : backgroundPart(cap))) return false;
    const slot = this.#budget.take(as);
    if (!slot) {
      this.#lookAgainAt(this.#budget.nextTake(as));
      return false;
    }
    const waiter = queue.shift();
    if (queue === this.#background || this.#background.size === 0) this.#personsInARow = 0;
    else this.#personsInARow++;
    waiter?.grant(slot);
    return true;
  }

  #lookAgainAt(time: number): void {
    const now = this.#clock.now();
    // A timer may fire a little early: whoever looks then looks at the clock, rather than believe it.
    if (time < Infinity) this.#cancelTimer = this.#clock.schedule(() => this.#pump(), Math.max(0, time - now));
    this.#refuseThoseWhoseTimeEndsBefore(this.#budget.earliest(0));
  }

  #refuseThoseWhoseTimeEndsBefore(start: number): void {
    if (this.#soonestDeadline >= start) return;
    this.#soonestDeadline = Infinity;
    for (const waiter of [...this.#persons, ...this.#background]) {
      const { deadline } = waiter.party;
      if (deadline < start) waiter.refuse(this.#exhausted(start));
      else this.#soonestDeadline = Math.min(this.#soonestDeadline, deadline);
    }
  }

  /** A newcomer that stands too far behind learns it now, rather than when its time is over. */
  #refuseIfTooLate(waiter: Waiter): void {
    if (!this.#persons.has(waiter) || waiter.party.deadline === Infinity) return;
    const start = this.#budget.earliest(this.#persons.ahead(waiter));
    if (start > waiter.party.deadline) waiter.refuse(this.#exhausted(start));
  }

  #exhausted(start: number): BudgetExhaustedError {
    return new BudgetExhaustedError(Math.max(1, Math.ceil((start - this.#clock.now()) / 1_000)));
  }

  #start(slot: Slot): Permit {
    this.#running++;
    let settled = false;
    let released = false;
    const settle = (): void => {
      if (settled) return;
      settled = true;
      slot.settle();
    };
    const end = (before: () => void): void => {
      if (released) return;
      released = true;
      before();
      this.#running--;
      this.#pump();
    };
    return {
      settle: () => {
        settle();
        this.#pump();
      },
      release: () => end(settle),
      abandon: () => end(() => undefined),
      giveBack: () => end(() => slot.giveBack()),
    };
  }
}

function asPerson(): Priority {
  return 'person';
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new DOMException('The operation was aborted.', 'AbortError');
}
