import { CodedError } from '../../throttle/coded-error.ts';

/** An argument that is of the right type and still wrong. Raised before any call to Mode. */
export class BadUserInputError extends CodedError {
  override readonly name = 'BadUserInputError';
  readonly code = 'BAD_USER_INPUT';

  constructor(
    readonly argument: string,
    message: string,
  ) {
    super(message);
  }

  override get details(): Readonly<Record<string, unknown>> {
    return { argument: this.argument };
  }
}
