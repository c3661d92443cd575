import { credentialFor, UpstreamError, type UpstreamSubject } from './upstream-error.ts';

/** Mode does not accept the credential (401). */
export class UpstreamUnauthenticatedError extends UpstreamError {
  override readonly name = 'UpstreamUnauthenticatedError';
  readonly code = 'UPSTREAM_UNAUTHENTICATED';
  readonly retryable = false;

  constructor(subject: UpstreamSubject, options?: ErrorOptions) {
    const credential = credentialFor(subject);
    super(`Mode refused the ${credential} for ${subject.endpoint}: ${REMEDIES[credential]}.`, subject, options);
  }
}

const REMEDIES = {
  'API key': 'check MODE_API_TOKEN and MODE_API_SECRET, or the key that came with the question',
  'signature token':
    'it has ended, was deleted, or MODE_DISCOVERY_TOKEN, MODE_DISCOVERY_ACCESS_KEY and MODE_DISCOVERY_ACCESS_SECRET are not those of one token',
} as const;
