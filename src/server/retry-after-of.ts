import { BudgetExhaustedError } from '../throttle/budget-exhausted-error.ts';
import { RateLimitedError } from '../throttle/rate-limited-error.ts';

/** Whole seconds after which to ask again for what an error refused; undefined when it has nothing to do with budget. */
export function retryAfterOf(error: unknown): number | undefined {
  return error instanceof BudgetExhaustedError || error instanceof RateLimitedError ? error.retryAfter : undefined;
}
