/** What a replica may do while it cannot reach Redis. Pure: the arithmetic that all replicas must agree on. */
import type { RateWindow } from '../rate-window.ts';
import type { SharedTiming } from './timing.ts';

/**
 * The part of each window that one of `replicas` may fill without asking anybody. None at all when some window
 * has fewer calls than there are replicas: one call in several windows' time for each would not do, for all of
 * them may choose the same window.
 */
export function fairShare(windows: readonly RateWindow[], replicas: number): readonly RateWindow[] | undefined {
  const share = windows.map(({ limit, lengthMs }) => ({ limit: Math.floor(limit / replicas), lengthMs }));
  return replicas > 0 && share.every(({ limit }) => limit > 0) ? share : undefined;
}

/**
 * How long a replica that lost Redis must wait before it goes by its fair share, counted from the last moment at
 * which Redis may have carried out something it sent. With the default timing and 40/10s: 15 seconds.
 *
 * - For `silentMs` the others do not know that it is gone, and may be granted the whole window.
 * - The last slot so granted may be used until its lease ends, and the call may travel for `transitMs`.
 * - It then counts at Mode's end for a window's length.
 *
 * After that, what the others may be granted leaves room for this share, and every replica that is cut off
 * keeps to its own: shares are at most a window together, for a replica is told of none before all others count it.
 */
export function quietMs(windows: readonly RateWindow[], timing: SharedTiming): number {
  return timing.silentMs + settlingMs(windows, timing);
}

/** After this long, nothing that was granted before counts at Mode's end. */
export function settlingMs(windows: readonly RateWindow[], { leaseMs, transitMs }: SharedTiming): number {
  return leaseMs + transitMs + Math.max(...windows.map(({ lengthMs }) => lengthMs));
}
