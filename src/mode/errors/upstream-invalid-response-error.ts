import { UpstreamError, type UpstreamSubject } from './upstream-error.ts';

/** Mode answered with something that is not the thing asked for: HTML, cut JSON, a field of another type. */
export class UpstreamInvalidResponseError extends UpstreamError {
  override readonly name = 'UpstreamInvalidResponseError';
  readonly code = 'UPSTREAM_INVALID_RESPONSE';
  readonly retryable = false;

  /**
   * @param problem what is wrong, in our words: never text of the answer itself
   * @param field dotted path of the field at fault, when it is a field
   * @param status that it came with, when it is no answer to anything
   */
  constructor(
    subject: UpstreamSubject,
    problem: string,
    readonly field?: string,
    readonly status?: number,
  ) {
    super(`Mode's answer for ${subject.endpoint} ${problem}.`, subject);
  }

  override get details(): Readonly<Record<string, unknown>> {
    return this.field === undefined ? super.details : { ...super.details, field: this.field };
  }
}
