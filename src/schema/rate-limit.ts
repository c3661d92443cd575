import type { ThrottleState } from '../throttle/throttle.ts';
import type { BudgetScope } from '../throttle/budget.ts';

/** What is left of Mode's rate limit, as the schema and `extensions.upstream` say it. */
export interface RateLimitShape {
  readonly limit: number;
  readonly remaining: number;
  readonly resetsAt: Date;
  readonly queued: number;
  readonly estimatedWaitSeconds: number;
  readonly paused: boolean;
  readonly concurrency: number;
  readonly scope: BudgetScope;
}

/** @param now milliseconds since the epoch */
export function readRateLimit(state: ThrottleState, now: number): RateLimitShape {
  return {
    limit: state.limit,
    remaining: state.remaining,
    resetsAt: new Date(state.resetsAt),
    queued: state.queued,
    // To the millisecond.
    estimatedWaitSeconds: Math.round(Math.max(0, state.estimatedWaitMs)) / 1_000,
    paused: state.pausedUntil > now,
    concurrency: state.concurrency,
    scope: state.scope,
  };
}
