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

/**
 * What is to be read collection by collection, where even an idle limit leaves no time for it.
 *
 * @param calls at the least
 * @param ms that the question may take
 */
export function tooLongAWalk(collections: number, calls: number, limit: number, ms: number): OperationTooCostlyError {
  return new OperationTooCostlyError(
    'calls',
    limit,
    calls,
    `This is found by walking all ${collections} collections by REST: ${calls} calls to Mode or more, of which its rate limit allows ${limit} in the ${ms / 1_000} s that this question may take. ` +
      'To wait does not help. Ask for the reports of one collection (`collection(token:) { reports }`), or have the gateway read Discovery, which lists them in bulk; ' +
      'else its operator may raise OPERATION_TIMEOUT and MAX_UPSTREAM_CALLS.',
  );
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
