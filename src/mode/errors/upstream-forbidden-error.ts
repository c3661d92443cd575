import { UpstreamError, type UpstreamSubject } from './upstream-error.ts';

/** The credential is good but may not see this (403, or 404 for a thing that always exists). */
export class UpstreamForbiddenError extends UpstreamError {
  override readonly name = 'UpstreamForbiddenError';
  readonly code = 'UPSTREAM_FORBIDDEN';
  readonly retryable = false;

  constructor(subject: UpstreamSubject, options?: ErrorOptions) {
    super(`The gateway's credential may not read ${subject.endpoint} in this workspace.`, subject, options);
  }
}
