import { CodedError } from './coded-error.ts';

/** The call could not have started before its operation's deadline, so it was not made. */
export class BudgetExhaustedError extends CodedError {
  override readonly name = 'BudgetExhaustedError';
  readonly code = 'UPSTREAM_BUDGET_EXHAUSTED';

  /** @param retryAfter whole seconds until there is room for it, as far as can be told */
  constructor(readonly retryAfter: number) {
    super(
      `Mode's rate limit leaves no room for this before the question's time is over. Ask again in ${retryAfter} s, or for less.`,
    );
  }

  override get details(): Readonly<Record<string, unknown>> {
    return { retryable: true, retryAfter: this.retryAfter };
  }
}
