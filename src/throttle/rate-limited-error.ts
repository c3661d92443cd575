import { CodedError } from './coded-error.ts';

/** Mode refused with 429 and what it asks us to wait is longer than a question can. */
export class RateLimitedError extends CodedError {
  override readonly name = 'RateLimitedError';
  readonly code = 'UPSTREAM_RATE_LIMITED';

  /** @param retryAfter whole seconds until it makes sense to ask again */
  constructor(readonly retryAfter: number) {
    super(`Mode's rate limit is exhausted. Ask again in ${retryAfter} s.`);
  }

  override get details(): Readonly<Record<string, unknown>> {
    return { retryable: true, retryAfter: this.retryAfter };
  }
}
