import type { MaybePromise } from '../loading/maybe-promise.ts';

/**
 * Finds several things of which each may fail alone, in its place. A failure is handed over as the error it is, which
 * is an error of that place to every executor. A promise in a list must not reject: graphql-jit would put one null more
 * into the list, and all that follow would stand beside their places.
 */
export function eachOnItsOwn<Key, Found>(
  keys: readonly Key[],
  find: (key: Key) => MaybePromise<Found>,
): Promise<Found>[] {
  return keys.map(async (key) => {
    try {
      return await find(key);
    } catch (error) {
      // Pothos knows no errors among the items of a list; GraphQL does.
      return (error instanceof Error ? error : new Error(String(error))) as Found;
    }
  });
}
