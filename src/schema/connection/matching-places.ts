import { madeOnce } from '../../loading/made-once.ts';
import { marksOf, type RowTest } from '../filters/row-test.ts';
import type { Places } from './ordered-rows.ts';

/** Results kept for one list; those not asked for longest go first. */
const MOST_KEPT = 16;

/** Of an array of rows, by order and filter. */
const resultsOf = madeOnce((_: readonly unknown[]) => new Map<string, Places>());

/**
 * Those of the places whose rows match. Kept under `name` where there is one, for who pages through a filtered list
 * asks for the same again and again; there must be none when the test goes by anything but the rows.
 */
export function matchingPlaces<Row>(
  rows: readonly Row[],
  places: Places,
  matches: RowTest<Row>,
  name: string | undefined,
): Places {
  if (name === undefined) return select(rows, places, matches);
  const results = resultsOf(rows);
  const found = results.get(name) ?? select(rows, places, matches);
  // Deleted and put back, it is the youngest.
  results.delete(name);
  results.set(name, found);
  for (const eldest of results.keys()) {
    if (results.size <= MOST_KEPT) break;
    results.delete(eldest);
  }
  return found;
}

function select<Row>(rows: readonly Row[], places: Places, matches: RowTest<Row>): Places {
  const selected = new Uint32Array(places.length);
  let count = 0;
  // By forEach, for an iterator makes an object for each of hundreds of thousands of places.
  // In the order in which they lie in memory: going through hundreds of thousands of rows in another takes three times as long.
  if (places.length === rows.length) {
    const marks = marksOf(matches, rows);
    places.forEach((place) => {
      if (marks[place] === 1) selected[count++] = place;
    });
  } else {
    places.forEach((place) => {
      const row = rows[place];
      if (row !== undefined && matches(row)) selected[count++] = place;
    });
  }
  // A copy: a view would hold on to all of it.
  return selected.slice(0, count);
}
