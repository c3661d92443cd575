import { UpstreamError } from './upstream-error.ts';

/** Mode was asked, and the question's time was over before it had answered. */
export class DeadlineError extends UpstreamError {
  override readonly name = 'DeadlineError';
  readonly code = 'UPSTREAM_TIMEOUT';
  readonly retryable = true;

  constructor(subject: UpstreamError['subject']) {
    super(`Mode had not answered ${subject.endpoint} when the question's time was over.`, subject);
  }
}
