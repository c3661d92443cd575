import { connectionFailure } from '../connection-failure.ts';
import { UpstreamError, type UpstreamSubject } from './upstream-error.ts';

export interface UpstreamUnavailableOptions extends ErrorOptions {
  /** The status that Mode answered with. */
  readonly status?: number;
  /** Why the connection failed, as Node.js calls it: `ECONNREFUSED`. */
  readonly failure?: string;
}

/** Mode answered 5xx, or the connection failed, on every attempt. */
export class UpstreamUnavailableError extends UpstreamError {
  override readonly name = 'UpstreamUnavailableError';
  readonly code = 'UPSTREAM_UNAVAILABLE';
  readonly retryable = true;

  constructor(subject: UpstreamSubject, { status, failure, ...options }: UpstreamUnavailableOptions = {}) {
    super(told(subject, status, failure), subject, options);
  }
}

function told({ endpoint }: UpstreamSubject, status?: number, failure?: string): string {
  if (failure === undefined) {
    return `Mode could not answer ${endpoint} just now${status === undefined ? '' : ` (status ${status})`}.`;
  }
  const { why, remedy } = connectionFailure(failure);
  return `Mode cannot be reached for ${endpoint}: ${why} (${failure}). ${remedy}`;
}
