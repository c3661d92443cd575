/**
 * Floor 1, the throttle: how often Mode may be called with one credential.
 *
 * It knows windows, a queue and a clock. It must never know what a call is for: no URL, no payload,
 * no GraphQL. Everything above asks it for a permit before each attempt and hands the permit back.
 */
import { setMaxListeners } from 'node:events';
import type { Clock } from './clock.ts';
import { RateLimitedError } from './rate-limited-error.ts';
import { earliestStart, remainingCalls, type RateWindow } from './rate-window.ts';
import { pauseAfterRefusal } from './retry-after.ts';

export interface ThrottleOptions {
  readonly windows: readonly RateWindow[];
  /** Calls that may be under way at once. */
  readonly concurrency: number;
  readonly clock: Clock;
  /**
   * The longest a call is taken to travel before Mode has counted it. Until its answer begins, a call
   * may count as late as this; without the allowance, calls slow on the way out would share a
   * window at Mode's end with calls that we thought a whole window apart.
   *
   * @default 1000
   */
  readonly transitMs?: number;
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
}

/** A place in the queue. An attempt that is repeated keeps its ticket, and with it its place. */
export type Ticket = number;

/** A person's call goes before any of the background's, whenever it was asked. */
export type Priority = 'person' | 'background';

export interface ThrottleState {
  /** Calls the tightest window holds. */
  readonly limit: number;
  /** Calls that could start now, were the queue empty. */
  readonly remaining: number;
  readonly queued: number;
  readonly running: number;
  /** Milliseconds since the epoch; in the past when not paused. */
  readonly pausedUntil: number;
}

interface Waiter {
  readonly ticket: Ticket;
  readonly priority: () => Priority;
  grant(): void;
  refuse(error: Error): void;
}

interface CountedCall {
  stamp: number;
}

/** The part of each window, and of the connections, that background calls may fill: a person finds room at once. */
const BACKGROUND_SHARE = 0.75;

export class Throttle {
  readonly #windows: readonly RateWindow[];
  readonly #backgroundWindows: readonly RateWindow[];
  readonly #clock: Clock;
  readonly #transitMs: number;
  readonly #longestPauseMs: number;
  readonly #concurrency: number;
  readonly #longestWindowMs: number;

  #calls: CountedCall[] = [];
  #running = 0;
  #pausedUntil = 0;
  #nextTicket: Ticket = 0;
  #newestQueued: Ticket = -1;
  /** In order of arrival. A Set, because a waiter that gives up must leave in O(1). */
  readonly #queue = new Set<Waiter>();
  readonly #background = new Set<Waiter>();
  /** Waiters that come back for another attempt, oldest ticket first; they go before the queue. */
  readonly #returning: Waiter[] = [];
  #cancelTimer: (() => void) | undefined;

  constructor(options: ThrottleOptions) {
    this.#windows = options.windows;
    this.#backgroundWindows = options.windows.map(({ limit, lengthMs }) => ({ limit: share(limit), lengthMs }));
    this.#clock = options.clock;
    this.#concurrency = options.concurrency;
    this.#transitMs = options.transitMs ?? 1_000;
    this.#longestPauseMs = options.longestPauseMs ?? 60_000;
    this.#longestWindowMs = Math.max(...options.windows.map((window) => window.lengthMs));
  }

  /** Takes a place at the end of the queue without waiting in it. */
  takeTicket(): Ticket {
    return this.#nextTicket++;
  }

  /**
   * Resolves when the call may start. A free window is spent at once; nothing paces calls that fit.
   *
   * @param priority asked whenever a slot is free, for it may rise while the call waits
   *
   * @throws {RateLimitedError} when Mode has asked for a pause longer than `longestPauseMs`
   * @throws the signal's reason, at once and without charging the window, when it is aborted
   */
  acquire(
    ticket: Ticket = this.takeTicket(),
    signal?: AbortSignal,
    priority: () => Priority = () => 'person',
  ): Promise<Permit> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(asError(signal.reason));
        return;
      }
      const onAbort = (): void => {
        this.#forget(waiter);
        reject(asError(signal?.reason));
        this.#pump();
      };
      const waiter: Waiter = {
        ticket,
        priority,
        grant: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve(this.#start());
        },
        refuse: (error) => {
          signal?.removeEventListener('abort', onAbort);
          reject(error);
        },
      };
      // Many calls of one question wait on one signal; Node would warn of a leak at the eleventh.
      if (signal) setMaxListeners(0, signal);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#enqueue(waiter);
      this.#pump();
    });
  }

  /** Mode said 429: everybody on this credential rests. Never shortens a pause that is running. */
  refused(retryAfter: string | null, timesInARow = 1): void {
    const now = this.#clock.now();
    this.#pausedUntil = Math.max(
      this.#pausedUntil,
      now + pauseAfterRefusal(retryAfter, this.#windows, now, timesInARow),
    );
    this.#pump();
  }

  /** Looks at the queue again: a priority has risen, and who was kept waiting for it may go now. */
  reconsider(): void {
    this.#pump();
  }

  state(): ThrottleState {
    const now = this.#clock.now();
    const paused = this.#pausedUntil > now;
    return {
      limit: Math.min(...this.#windows.map((window) => window.limit)),
      remaining: paused ? 0 : remainingCalls(this.#stamps(now), this.#windows, now),
      queued: this.#queue.size + this.#background.size + this.#returning.length,
      running: this.#running,
      pausedUntil: this.#pausedUntil,
    };
  }

  #enqueue(waiter: Waiter): void {
    if (waiter.priority() === 'background') {
      this.#background.add(waiter);
      return;
    }
    // Tickets ascend in the queue; an older one is that of a call that comes back.
    if (waiter.ticket > this.#newestQueued) {
      this.#newestQueued = waiter.ticket;
      this.#queue.add(waiter);
      return;
    }
    const place = this.#returning.findIndex((other) => other.ticket > waiter.ticket);
    this.#returning.splice(place === -1 ? this.#returning.length : place, 0, waiter);
  }

  #forget(waiter: Waiter): void {
    if (this.#queue.delete(waiter) || this.#background.delete(waiter)) return;
    const place = this.#returning.indexOf(waiter);
    if (place !== -1) this.#returning.splice(place, 1);
  }

  #first(): Waiter | undefined {
    const [fresh] = this.#queue;
    const [background] = this.#background;
    // What the background asked for may have become a person's wish since: it goes by its ticket then.
    const promoted = [...this.#background].find((waiter) => waiter.priority() === 'person');
    let first = fresh;
    for (const other of [this.#returning[0], promoted]) {
      if (other && (!first || other.ticket < first.ticket)) first = other;
    }
    return first ?? background;
  }

  #pump(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    for (;;) {
      const waiter = this.#first();
      if (!waiter) return;
      const now = this.#clock.now();
      const pause = this.#pausedUntil - now;
      if (pause > this.#longestPauseMs) {
        this.#forget(waiter);
        waiter.refuse(new RateLimitedError(Math.ceil(pause / 1_000)));
        continue;
      }
      const isPerson = waiter.priority() === 'person';
      if (this.#running >= (isPerson ? this.#concurrency : share(this.#concurrency))) return;
      const windows = isPerson ? this.#windows : this.#backgroundWindows;
      const start = Math.max(earliestStart(this.#stamps(now), windows, now), this.#pausedUntil);
      if (start > now) {
        // A timer may fire a little early: the loop looks at the clock again rather than believe it.
        this.#cancelTimer = this.#clock.schedule(() => this.#pump(), start - now);
        return;
      }
      this.#forget(waiter);
      waiter.grant();
    }
  }

  #start(): Permit {
    const granted = this.#clock.now();
    const call: CountedCall = { stamp: granted + this.#transitMs };
    this.#calls.push(call);
    this.#running++;
    let settled = false;
    let released = false;
    const settle = (): void => {
      if (settled) return;
      settled = true;
      call.stamp = Math.min(call.stamp, this.#clock.now());
    };
    return {
      settle: () => {
        settle();
        this.#pump();
      },
      release: () => {
        if (released) return;
        released = true;
        settle();
        this.#running--;
        this.#pump();
      },
    };
  }

  #stamps(now: number): number[] {
    this.#calls = this.#calls.filter((call) => call.stamp + this.#longestWindowMs > now);
    return this.#calls.map((call) => call.stamp);
  }
}

function share(limit: number): number {
  return Math.max(1, Math.floor(limit * BACKGROUND_SHARE));
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new DOMException('The operation was aborted.', 'AbortError');
}
