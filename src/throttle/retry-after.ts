import type { RateWindow } from './rate-window.ts';

/** A hint of "now" would send every waiter straight back into the refusal it came from. */
const SHORTEST_PAUSE_MS = 1_000;

/**
 * Hints above this are not believed whole: a mistaken one would keep us from ever asking again. Ten minutes
 * later one call finds out.
 */
const LONGEST_BELIEVED_MS = 600_000;

/** Numbers from here on are moments, in seconds since the epoch, and not seconds to wait: some services send those. */
const EPOCH_SECONDS = 1_000_000_000;

const MONTH = /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;

/**
 * How long a credential rests after a 429, in milliseconds.
 *
 * Mode does not document `Retry-After`; clients have seen seconds, dates and nothing. Without a
 * usable hint we wait until a window has passed, the shortest one: should a longer one be the
 * culprit, the next refusal simply pauses us again and no call is lost.
 *
 * @param timesInARow how often the same call was refused by now: a hint that proved too short is
 *   believed less each time, up to a window
 */
export function pauseAfterRefusal(
  retryAfter: string | null,
  windows: readonly RateWindow[],
  now: number,
  timesInARow = 1,
): number {
  const window = Math.min(...windows.map(({ lengthMs }) => lengthMs));
  const hint = retryAfter === null ? Number.NaN : readHint(retryAfter.trim(), now);
  if (!Number.isFinite(hint)) return window;
  const doubted = Math.min(SHORTEST_PAUSE_MS * 2 ** (timesInARow - 1), Math.max(window, SHORTEST_PAUSE_MS));
  return Math.min(LONGEST_BELIEVED_MS, Math.max(doubted, hint));
}

function readHint(text: string, now: number): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000 - (Number(text) >= EPOCH_SECONDS ? now : 0);
  // Date.parse reads "-5", "1 2" and "soon 5" as dates; an HTTP date always names its month.
  return MONTH.test(text) ? Date.parse(text) - now : Number.NaN;
}
