import type { ReportQueryRecord } from '../mode/records.ts';
import type { Slices } from '../mode/slices.ts';
import type { ShelfWords } from './shelf-words.ts';
import { onShelf } from './shelved-queries.ts';
import type { SqlShelf } from './sql-shelf.ts';
import { WordCollector } from './word-collector.ts';

/** Undefined for a shelf that is searched as fast without. */
const wordsOfShelves = new WeakMap<SqlShelf, ShelfWords | undefined>();

/** Undefined as long as they are not known: what is searched is then the shelf itself. */
export function wordsOf(shelf: SqlShelf): ShelfWords | undefined {
  return wordsOfShelves.get(shelf);
}

/** Works out the words of all shelves on which the SQL of queries lies, in slices. Of shelves that are still there they are known. */
export async function prepareSqlSearch(
  rows: readonly ReportQueryRecord[],
  slices: Slices,
  isStopped: () => boolean = () => false,
): Promise<void> {
  let last: SqlShelf | undefined;
  for (const row of rows) {
    if (slices.isOver) await slices.next();
    const shelf = onShelf(row, (each) => each);
    if (!shelf || shelf === last || wordsOfShelves.has(shelf)) continue;
    if (isStopped()) return;
    last = shelf;
    wordsOfShelves.set(shelf, WordCollector.isWorthIt(shelf) ? await collected(shelf, slices) : undefined);
  }
}

async function collected(shelf: SqlShelf, slices: Slices): Promise<ShelfWords | undefined> {
  const collector = new WordCollector(shelf);
  while (collector.take()) if (slices.isOver) await slices.next();
  return collector.words();
}
