import { UpstreamError, type UpstreamSubject } from './upstream-error.ts';

/** Mode answered 5xx, or the connection failed, on every attempt. */
export class UpstreamUnavailableError extends UpstreamError {
  override readonly name = 'UpstreamUnavailableError';
  readonly code = 'UPSTREAM_UNAVAILABLE';
  readonly retryable = true;

  constructor(subject: UpstreamSubject, options?: ErrorOptions) {
    super(`Mode could not answer ${subject.endpoint} just now.`, subject, options);
  }
}
