import { UpstreamError, type UpstreamSubject } from './upstream-error.ts';

/** Mode does not accept the credential (401). */
export class UpstreamUnauthenticatedError extends UpstreamError {
  override readonly name = 'UpstreamUnauthenticatedError';
  readonly code = 'UPSTREAM_UNAUTHENTICATED';
  readonly retryable = false;

  constructor(subject: UpstreamSubject, options?: ErrorOptions) {
    super(`Mode refused the gateway's credential for ${subject.endpoint}.`, subject, options);
  }
}
