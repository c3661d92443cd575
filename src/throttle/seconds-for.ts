/** How long calls will take by the rate limit alone. Pure: what it goes by is passed in. */
import { earliestStartAfter, type RateWindow } from './rate-window.ts';

/** What calls that are still to come have to fit in with. Moments are milliseconds since the epoch. */
export interface Load {
  readonly windows: readonly RateWindow[];
  /** When each call that still counts had reached Mode; those under way count as of now. */
  readonly stamps: readonly number[];
  /** Slots that were taken ahead, for calls still to be made. */
  readonly inHand: number;
  /** Nothing starts before: a pause, or what is kept free while Redis is silent. In the past when there is neither. */
  readonly notBefore: number;
}

/** How things stand with a throttle. */
export interface Standing extends Load {
  readonly now: number;
  /** Calls of others that go before the last of ours. */
  readonly others: number;
}

/** Calls up to which several windows are reckoned call by call; more than that take hours. */
const MOST_ONE_BY_ONE = 100_000;

/**
 * Seconds until the last of `calls` more starts, each made as early as it can be and answered at once. 0 for no calls.
 * Exact up to 100,000 calls; more than that, with several windows, take at least so long.
 */
export function secondsFor(calls: number, { windows, stamps, inHand, notBefore, others, now }: Standing): number {
  if (calls <= 0) return 0;
  const from = Math.max(now, notBefore);
  const toStart = calls + others - inHand;
  return ((toStart <= 0 ? from : startOfLast(toStart, stamps, windows, from)) - now) / 1_000;
}

function startOfLast(calls: number, stamps: readonly number[], windows: readonly RateWindow[], from: number): number {
  const soonest = earliestStartAfter(calls - 1, stamps, windows, from);
  // Where only one window counts, that is when; several hold each other up.
  if (windows.length === 1) return soonest;
  const log = [...stamps].sort((a, b) => a - b);
  let start = from;
  for (let call = 0; call < Math.min(calls, MOST_ONE_BY_ONE); call++) {
    for (const { limit, lengthMs } of windows) {
      const blocking = log[log.length - limit];
      if (blocking !== undefined) start = Math.max(start, blocking + lengthMs);
    }
    log.push(start);
  }
  return Math.max(start, soonest);
}
