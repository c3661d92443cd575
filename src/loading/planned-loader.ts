import DataLoader from 'dataloader';
import { signature, type Wanted } from './wanted.ts';

export interface PlannedKey<Key> {
  readonly key: Key;
  readonly wanted: Wanted;
}

/**
 * A loader whose batches are planned: keys of one want together, keys of different wants apart, for one
 * report whose layout is asked must not drag a hundred others, of which the catalog knows all that is
 * asked, to REST. Keys that fail, fail alone: the batch answers each key with its value or its error.
 */
export function plannedLoader<Key, Value>(
  toText: (key: Key) => string,
  answer: (asked: readonly PlannedKey<Key>[]) => Promise<readonly (Value | Error)[]>,
): (key: Key, wanted: Wanted) => Promise<Value> {
  const answerBatch = async (asked: readonly PlannedKey<Key>[]): Promise<(Value | Error)[]> => {
    const groups = new Map<string, PlannedKey<Key>[]>();
    for (const one of asked) {
      const text = signature(one.wanted);
      const group = groups.get(text);
      if (group) group.push(one);
      else groups.set(text, [one]);
    }
    const answers = new Map<PlannedKey<Key>, Value | Error>();
    await Promise.all(
      [...groups.values()].map(async (group) => {
        const values = await answer(group).catch((error: unknown) => group.map(() => asError(error)));
        group.forEach((one, index) => answers.set(one, values[index] as Value | Error));
      }),
    );
    return asked.map((one) => answers.get(one) as Value | Error);
  };
  const loader = new DataLoader<PlannedKey<Key>, Value, string>(answerBatch, {
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
    return asError(one.reason);
  });
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('The call failed.', { cause: reason });
}
