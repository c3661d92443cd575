/**
 * What may be there already. A list of a thousand rows whose answers are all held would else make, and wait for, some
 * thousands of promises.
 */
export type MaybePromise<Value> = Value | Promise<Value>;

/** Goes on at once with what is there, later with what is to come. */
export function andThen<Value, Result>(
  value: MaybePromise<Value>,
  go: (value: Value) => MaybePromise<Result>,
): MaybePromise<Result> {
  return value instanceof Promise ? value.then(go) : go(value);
}

export function allOf<Value>(values: readonly MaybePromise<Value>[]): MaybePromise<readonly Value[]> {
  return values.some((value) => value instanceof Promise) ? Promise.all(values) : (values as readonly Value[]);
}
