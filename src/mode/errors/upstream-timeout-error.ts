import { UpstreamError, type UpstreamSubject } from './upstream-error.ts';

/** Mode did not finish answering in time, on any attempt. Waiting for the throttle does not count. */
export class UpstreamTimeoutError extends UpstreamError {
  override readonly name = 'UpstreamTimeoutError';
  readonly code = 'UPSTREAM_TIMEOUT';
  readonly retryable = true;

  constructor(subject: UpstreamSubject, timeoutMs: number) {
    super(`Mode took longer than ${timeoutMs / 1_000} s to answer ${subject.endpoint}.`, subject);
  }
}
