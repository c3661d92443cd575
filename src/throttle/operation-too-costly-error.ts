import { CodedError } from './coded-error.ts';

/** What a question may have only so much of. */
export type Bound =
  'tokens' | 'nesting' | 'depth' | 'fields' | 'rootFields' | 'aliases' | 'directives' | 'variables' | 'nodes' | 'calls';

/** A question asks for more than one question may. But for `calls` that an estimate did not foresee, raised before any call to Mode. */
export class OperationTooCostlyError extends CodedError {
  override readonly name = 'OperationTooCostlyError';
  readonly code = 'OPERATION_TOO_COSTLY';

  /**
   * @param found how much it asks for, as far as that was counted
   * @param message what was found, what the limit is and what would help
   * @param more what a program may want to know besides
   */
  constructor(
    readonly bound: Bound,
    readonly limit: number,
    readonly found: number,
    message: string,
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }

  override get details(): Readonly<Record<string, unknown>> {
    return { bound: this.bound, limit: this.limit, found: this.found, ...this.more };
  }
}
