import type { ReportQueryRecord } from '../mode/records.ts';
import type { Slices } from '../mode/slices.ts';
import { moveToShelf, onShelf } from './shelved-queries.ts';
import { SqlShelf, type Shelved } from './sql-shelf.ts';

/** Bytes: smaller shelves come of refreshes that found a few queries changed, and are put together once there are some. */
const SMALL = 65_536;
const MANY_SMALL = 32;

/** Bytes on a new shelf, about. */
const FULL = 1_048_576;

interface Live {
  bytes: number;
  readonly rows: ReportQueryRecord[];
}

/**
 * Moves SQL off shelves that are mostly taken by queries that are no more. A shelf lives as long as one of its queries, so
 * that a workspace in which everything changes in time would else hold all of it twice and more.
 */
export async function tidyShelves(rows: readonly ReportQueryRecord[], slices: Slices): Promise<void> {
  const shelves = new Map<SqlShelf, Live>();
  for (const row of rows) {
    if (slices.isOver) await slices.next();
    onShelf(row, (shelf, place) => {
      let live = shelves.get(shelf);
      if (!live) shelves.set(shelf, (live = { bytes: 0, rows: [] }));
      live.bytes += (shelf.ends[place] ?? 0) - shelf.startOf(place);
      live.rows.push(row);
    });
  }
  const small = [...shelves].filter(([shelf]) => shelf.bytes < SMALL);
  const isPoor = (shelf: SqlShelf, { bytes }: Live): boolean =>
    shelf.bytes < SMALL ? small.length >= MANY_SMALL : bytes < shelf.bytes / 2;
  let batch: ReportQueryRecord[] = [];
  let size = 0;
  const move = (): void => {
    const shelf = SqlShelf.gathered(batch.flatMap((row) => onShelf(row, shelved) ?? []));
    for (const [place, row] of batch.entries()) moveToShelf(row, shelf, place);
    [batch, size] = [[], 0];
  };
  for (const [shelf, live] of shelves) {
    if (!isPoor(shelf, live)) continue;
    for (const row of live.rows) {
      if (slices.isOver) await slices.next();
      size += onShelf(row, (_, place) => shelf.endOf(place) - shelf.startOf(place)) ?? 0;
      batch.push(row);
      if (size >= FULL) move();
    }
  }
  if (batch.length > 0) move();
}

const shelved = (shelf: SqlShelf, place: number): Shelved => ({ shelf, place });
