import { earliestStartAfter, type RateWindow } from '../../throttle/rate-window.ts';

/** What a forecast is made from. Times are milliseconds since the epoch. */
export interface Outlook {
  /** Calls that have not been sent yet. */
  readonly unsent: number;
  /** Calls under way. */
  readonly running: number;
  /** When each call so far was sent. */
  readonly sentAt: readonly number[];
  /** What may be spent. */
  readonly windows: readonly RateWindow[];
  /** Until when nobody calls; in the past when there is no pause. */
  readonly pausedUntil: number;
  /** Calls that may be under way at once. */
  readonly concurrency: number;
  /** How long a call takes, in milliseconds, by those so far. */
  readonly callMs: number;
  readonly now: number;
}

/**
 * How long until the last answer is there, in milliseconds: until the rate limit lets the last call go, and as long as
 * it takes; or for as long as they take one behind the other, when that is longer.
 */
export function timeLeftMs(outlook: Outlook): number {
  const { unsent, running, sentAt, windows, pausedUntil, concurrency, callMs, now } = outlook;
  if (unsent + running === 0) return 0;
  const inTurns = Math.ceil((unsent + running) / concurrency) * callMs;
  if (unsent === 0) return inTurns;
  const lastStart = earliestStartAfter(unsent - 1, sentAt, windows, Math.max(now, pausedUntil));
  return Math.max(inTurns, lastStart - now + callMs);
}
