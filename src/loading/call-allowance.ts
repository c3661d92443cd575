import { OperationTooCostlyError } from '../throttle/operation-too-costly-error.ts';

/** How many calls an operation may still make. What was expected to be cheap may turn out not to be. */
export class CallAllowance {
  readonly #limit: number;
  #taken = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Takes one, before the call queues. Returns how to give it back, for a call that was not made after all.
   *
   * @throws {OperationTooCostlyError} when none is left
   */
  readonly take = (): (() => void) => {
    if (this.#taken >= this.#limit) throw spent(this.#limit);
    this.#taken++;
    return () => {
      this.#taken--;
    };
  };
}

function spent(limit: number): OperationTooCostlyError {
  return new OperationTooCostlyError(
    'calls',
    limit,
    limit + 1,
    `This would have been read with more than the ${limit} calls to Mode that a question may take. ` +
      'Ask for smaller pages (`first`), or for fewer lists inside lists.',
  );
}
