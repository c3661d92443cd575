/** At most `limit` calls in any span of `lengthMs`. */
export interface RateWindow {
  readonly limit: number;
  readonly lengthMs: number;
}

const WINDOW = /^(\d+)\s*\/\s*(\d+(?:\.\d+)?)\s*(ms|s|m)$/;
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };

/**
 * Reads `40/10s` or several windows, `40/10s,200/60s`. Units are `ms`, `s` and `m`.
 *
 * @throws {TypeError} saying which part is wrong and what it should look like
 */
export function parseRateWindows(text: string): RateWindow[] {
  return text.split(',').map((part) => {
    const [, limit, length, unit] = WINDOW.exec(part.trim()) ?? [];
    const window = { limit: Number(limit), lengthMs: Number(length) * (UNIT_MS[unit ?? ''] ?? 0) };
    if (window.limit >= 1 && window.lengthMs > 0) return window;
    throw new TypeError(`"${part.trim()}" is not a rate window; write calls per time, such as 40/10s`);
  });
}

/**
 * The earliest moment, `now` or later, at which one more call fits into every window.
 *
 * A stamp is the latest moment at which a call can have reached Mode. That makes the promise hold
 * where it is kept, at Mode's end: take any calls that arrive there within one window's length, and
 * the one among them that was granted last. If there were more than `limit`, then at its grant one
 * of the others had a stamp at least a whole window old, so it arrived a whole window earlier, and
 * they did not share a window after all.
 *
 * A stamp leaves a window exactly `lengthMs` after itself: a call at `stamp + lengthMs` is free.
 */
export function earliestStart(stamps: readonly number[], windows: readonly RateWindow[], now: number): number {
  return earliestStartAfter(0, stamps, windows, now);
}

/**
 * The same for a call that has `ahead` others before it, each of them made as early as it can be and counted
 * at once: later than this it may be, earlier it cannot. Exact when `ahead` is 0 or there is one window.
 */
export function earliestStartAfter(
  ahead: number,
  stamps: readonly number[],
  windows: readonly RateWindow[],
  now: number,
): number {
  let earliest = now;
  for (const { limit, lengthMs } of windows) {
    // Every answer tells how the limit stands, most of them of an idle one.
    if (stamps.length + ahead < limit) continue;
    const live = stamps.filter((stamp) => stamp + lengthMs > now);
    if (live.length + ahead < limit) continue;
    live.sort((a, b) => a - b);
    // Each call waits for the one `limit` places before it, and that one for another, until it is one of those made.
    const place = live.length + ahead - limit;
    const rounds = place < live.length ? 0 : Math.floor((place - live.length) / limit) + 1;
    const blocking = live[place - rounds * limit];
    earliest = Math.max(earliest, (blocking === undefined ? now : blocking + lengthMs) + rounds * lengthMs);
  }
  return earliest;
}

/** The most calls that can go within a time, in milliseconds, beginning with every window free. */
export function mostCallsWithin(ms: number, windows: readonly RateWindow[]): number {
  return Math.min(...windows.map(({ limit, lengthMs }) => limit * (Math.floor(ms / lengthMs) + 1)));
}

/** How many calls could go at `now`, by the tightest window. */
export function remainingCalls(stamps: readonly number[], windows: readonly RateWindow[], now: number): number {
  const free = windows.map(({ limit, lengthMs }) => limit - stamps.filter((stamp) => stamp + lengthMs > now).length);
  return Math.max(0, Math.min(...free));
}

/** When every window is free of all that is in it. */
export function wholeAgain(stamps: readonly number[], windows: readonly RateWindow[], now: number): number {
  const longest = Math.max(...windows.map(({ lengthMs }) => lengthMs));
  return Math.max(now, ...stamps.map((stamp) => stamp + longest));
}

/**
 * How many more are counted at Mode's end than we know of, judging by what it said at `now` remained. Calls we
 * made since are taken for counted: rather too few than too many.
 */
export function unknownCalls(
  told: { readonly remaining: number; readonly limit: number | undefined },
  stamps: readonly number[],
  windows: readonly RateWindow[],
  now: number,
): number {
  // It speaks of one window; without a limit to tell it by, of whichever is tightest.
  const meant = windows.filter(({ limit }) => limit === told.limit);
  return Math.max(0, remainingCalls(stamps, meant.length > 0 ? meant : windows, now) - told.remaining);
}
