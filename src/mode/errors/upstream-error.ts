import { CodedError } from '../../throttle/coded-error.ts';

export type UpstreamApi = 'REST' | 'DISCOVERY';

/** What was asked for, in words fit for an error message: never a URL, which may carry tokens. */
export interface UpstreamSubject {
  readonly api: UpstreamApi;
  /** The endpoint as Mode's documentation writes it, with placeholders: `/spaces/{space}/reports`. */
  readonly endpoint: string;
}

/** What opens an endpoint: an API key opens REST and mints signature tokens, which open Discovery's lists. */
export function credentialFor({ api, endpoint }: UpstreamSubject): 'API key' | 'signature token' {
  return api === 'REST' || endpoint === '/signature_tokens' ? 'API key' : 'signature token';
}

/** Mode was asked and did not supply. Subclasses say why; all say of what, and whether to try again. */
export abstract class UpstreamError extends CodedError {
  abstract readonly retryable: boolean;

  constructor(
    message: string,
    readonly subject: UpstreamSubject,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  override get details(): Readonly<Record<string, unknown>> {
    return { api: this.subject.api, endpoint: this.subject.endpoint, retryable: this.retryable };
  }
}
