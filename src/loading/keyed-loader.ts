import DataLoader from 'dataloader';

/**
 * A loader that makes one call per distinct key and lives as long as one operation.
 *
 * A key that fails fails alone: its error stands in the batch beside the others' values, so the
 * fields that asked for the others are answered. What failed is forgotten with the operation.
 *
 * @param toText names a key; two keys of the same text are one
 */
export function keyedLoader<Key, Value>(
  read: (key: Key) => Promise<Value>,
  toText: (key: Key) => string,
): DataLoader<Key, Value, string> {
  return new DataLoader<Key, Value, string>(
    async (keys) => {
      const settled = await Promise.allSettled(keys.map((key) => read(key)));
      return settled.map((one) => (one.status === 'fulfilled' ? one.value : asError(one.reason)));
    },
    { cacheKeyFn: toText },
  );
}

/** The same for a thing of which an operation needs just one. */
export function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let promise: Promise<Value> | undefined;
  return () => (promise ??= read());
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('The call failed.', { cause: reason });
}
