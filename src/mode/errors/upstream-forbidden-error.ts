import { credentialFor, UpstreamError, type UpstreamSubject } from './upstream-error.ts';

/** The credential is good but may not see this (403, or 404 for a thing that always exists). */
export class UpstreamForbiddenError extends UpstreamError {
  override readonly name = 'UpstreamForbiddenError';
  readonly code = 'UPSTREAM_FORBIDDEN';
  readonly retryable = false;

  constructor(subject: UpstreamSubject, options?: ErrorOptions) {
    super(told(subject), subject, options);
  }
}

const NO_PLAN = 'Discovery comes with Mode’s Enterprise plan, and without it MODE_DISCOVERY must be off';

function told(subject: UpstreamSubject): string {
  if (credentialFor(subject) === 'signature token') {
    return `The signature token may not read ${subject.endpoint}: ${NO_PLAN}.`;
  }
  if (subject.api === 'DISCOVERY') {
    return `The API key may not mint signature tokens: that takes the key of an admin (MODE_DISCOVERY=mint). ${NO_PLAN}.`;
  }
  return `The API key may not read ${subject.endpoint}: it needs more rights, or is not of the workspace that MODE_WORKSPACE names.`;
}
