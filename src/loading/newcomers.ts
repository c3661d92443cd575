import type { ListSnapshot } from '../catalog/list-snapshot.ts';

/**
 * Whether a thing is in none of the lists held of its kind: it was made since they were read, perhaps.
 * What it holds is not in the catalog either, and REST is asked. Without a list nobody can tell.
 */
export function isNewcomer(token: string, ...lists: readonly (ListSnapshot<unknown> | undefined)[]): boolean {
  const held = lists.filter((list) => list !== undefined);
  return held.length > 0 && !held.some((list) => list.byKey.has(token));
}
