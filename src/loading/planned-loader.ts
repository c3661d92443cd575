import DataLoader from 'dataloader';
import { signature, type Wanted } from './wanted.ts';

export interface PlannedKey<Key> {
  readonly key: Key;
  readonly wanted: Wanted;
}

/**
 * A loader whose batches are planned as a whole. Keys that fail, fail alone: the batch answers each key
 * with its value or its error.
 */
export function plannedLoader<Key, Value>(
  toText: (key: Key) => string,
  answer: (asked: readonly PlannedKey<Key>[]) => Promise<readonly (Value | Error)[]>,
): (key: Key, wanted: Wanted) => Promise<Value> {
  const loader = new DataLoader<PlannedKey<Key>, Value, string>((asked) => answer(asked), {
    cacheKeyFn: ({ key, wanted }) => `${toText(key)} ${signature(wanted)}`,
  });
  return (key, wanted) => loader.load({ key, wanted });
}

/** Answers every key by itself; one that fails does not keep the others from their values. */
export async function settleAll<Key, Value>(
  asked: readonly PlannedKey<Key>[],
  answer: (key: Key) => Promise<Value>,
): Promise<(Value | Error)[]> {
  const settled = await Promise.allSettled(asked.map(({ key }) => answer(key)));
  return settled.map((one) => {
    if (one.status === 'fulfilled') return one.value;
    return one.reason instanceof Error ? one.reason : new Error('The call failed.', { cause: one.reason });
  });
}
