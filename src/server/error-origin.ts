/** Masking is told of an error and of nothing else: whose it was is noted before. */
const origins = new WeakMap<object, string>();

export function noteOrigin(errors: readonly object[], requestId: string): void {
  for (const error of errors) origins.set(error, requestId);
}

export function requestIdOfError(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null ? origins.get(error) : undefined;
}
