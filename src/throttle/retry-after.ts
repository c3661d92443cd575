import type { RateWindow } from './rate-window.ts';

/** A hint of "now" would send every waiter straight back into the refusal it came from. */
const SHORTEST_PAUSE_MS = 1_000;

/**
 * How long a credential rests after a 429, in milliseconds.
 *
 * Mode does not document `Retry-After`; clients have seen seconds, dates and nothing. Without a
 * usable hint we wait until a window has passed, the shortest one: should a longer one be the
 * culprit, the next refusal simply pauses us again and no call is lost.
 */
export function pauseAfterRefusal(retryAfter: string | null, windows: readonly RateWindow[], now: number): number {
  const hint = retryAfter === null ? Number.NaN : readHint(retryAfter.trim(), now);
  if (Number.isNaN(hint)) return Math.min(...windows.map((window) => window.lengthMs));
  return Math.max(SHORTEST_PAUSE_MS, hint);
}

function readHint(text: string, now: number): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000;
  // Date.parse reads "-5" and "1 2" as years; an HTTP date always names its month.
  return /[a-z]{3}/i.test(text) ? Date.parse(text) - now : Number.NaN;
}
