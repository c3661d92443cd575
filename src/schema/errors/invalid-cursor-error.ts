import { CodedError } from '../../throttle/coded-error.ts';

/** A cursor that is garbage, or was cut from another list, order or filter. */
export class InvalidCursorError extends CodedError {
  override readonly name = 'InvalidCursorError';
  readonly code = 'INVALID_CURSOR';

  constructor(readonly argument: 'after' | 'before') {
    super(
      `"${argument}" is not a cursor of this list. A cursor is good for the list, filter and order it came from; ` +
        `start again without it.`,
    );
  }

  override get details(): Readonly<Record<string, unknown>> {
    return { argument: this.argument };
  }
}
