/** How a list that was read anew follows the one before: what is unchanged is kept, not made again. */
import type { Slices } from '../mode/slices.ts';
import type { ListKeys } from './list-keys.ts';
import { makeSnapshot, snapshotOf, type HeldSnapshot, type ListFacts } from './list-snapshot.ts';
import { indexRows } from './row-index.ts';

/** The place of a row that is no more: it was changed or removed. */
export const GONE = 0xffffffff;

/** Where the rows of one array have gone in the one that takes its place. */
export interface Succession<Row> {
  readonly before: readonly Row[];
  readonly after: readonly Row[];
  /** For each place before, the place of the same object after, or GONE. Those that stayed are in the same order. */
  readonly moved: Uint32Array;
  /** Places after of the rows that were not there before, upwards. */
  readonly fresh: Uint32Array;
}

export interface Followed<Row> {
  readonly snapshot: HeldSnapshot<Row>;
  /** Undefined when nothing has changed: the array of rows and the indexes are the same ones. */
  readonly succession: Succession<Row> | undefined;
}

/**
 * @param found rows of the new reading, each the very object that `before` has where it has not changed
 */
export async function follow<Row>(
  listKeys: ListKeys<Row>,
  before: HeldSnapshot<Row>,
  found: readonly Row[],
  facts: ListFacts,
  slices: Slices,
): Promise<Followed<Row>> {
  const { key, parent } = listKeys;
  const index = await indexRows(found, key, slices);
  const after: Row[] = [];
  const moved = new Uint32Array(before.rows.length).fill(GONE);
  const fresh: number[] = [];
  let isSameShape = true;
  for (const [place, row] of before.rows.entries()) {
    if (slices.isOver) await slices.next();
    const now = index.last(key(row));
    if (now === row) moved[place] = after.length;
    else if (now === undefined || parent(now) !== parent(row)) isSameShape = false;
    if (now === undefined) continue;
    if (now !== row) fresh.push(after.length);
    after.push(now);
  }
  if (fresh.length === 0 && after.length === before.rows.length && after.length === found.length) {
    return { snapshot: { ...before, asOf: facts.asOf, pages: facts.pages }, succession: undefined };
  }
  const { told } = before;
  for (const row of found) {
    if (slices.isOver) await slices.next();
    if (before.keys.last(key(row)) !== undefined) continue;
    isSameShape = false;
    fresh.push(after.length);
    after.push(row);
  }
  const succession = { before: before.rows, after, moved, fresh: Uint32Array.from(fresh) };
  // The indexes know places, and what stands there has the keys of what stood there.
  const snapshot = isSameShape
    ? snapshotOf(after, before.keys.over(after), before.parents.over(after), facts, told)
    : await makeSnapshot(listKeys, after, facts, told, slices);
  return { snapshot, succession };
}
