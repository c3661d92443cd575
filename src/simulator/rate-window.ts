import type { Behaviour } from './behaviour.ts';

export interface Verdict {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Milliseconds until a call would be taken again. 0 when this one was. */
  waitMs: number;
}

/**
 * A sliding window log per username: a call is taken while fewer than `limit` calls were taken in the
 * `windowMs` before it. A call made exactly `windowMs` ago has left the window.
 */
export class RateWindow {
  readonly #behaviour: Behaviour;
  readonly #stamps = new Map<string, number[]>();

  constructor(behaviour: Behaviour) {
    this.#behaviour = behaviour;
  }

  /** Judges a call that arrived at `now`, and remembers it. `undefined` when no limit is in force. */
  judge(username: string, now: number): Verdict | undefined {
    const { rateLimit, refuseEverythingUntil, refusedCount } = this.#behaviour;
    const blockedMs = refuseEverythingUntil === null ? 0 : Math.max(0, refuseEverythingUntil - now);
    if (rateLimit === null) {
      return blockedMs > 0 ? { allowed: false, limit: 0, remaining: 0, waitMs: blockedMs } : undefined;
    }
    const { limit, windowMs } = rateLimit;
    const stamps = (this.#stamps.get(username) ?? []).filter((stamp) => stamp > now - windowMs);
    this.#stamps.set(username, stamps);
    const allowed = blockedMs === 0 && stamps.length < limit;
    if (allowed || refusedCount) stamps.push(now);
    if (allowed) return { allowed, limit, remaining: limit - stamps.length, waitMs: 0 };
    // The call that has to leave before there is room again; with room to spare only the block matters.
    const blocker = stamps[stamps.length - limit];
    const fullMs = blocker === undefined ? 0 : blocker + windowMs - now;
    return { allowed, limit, remaining: 0, waitMs: Math.max(blockedMs, fullMs) };
  }
}
