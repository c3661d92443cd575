import type { Position, SortValue } from './cursor.ts';

export type Direction = 'ASC' | 'DESC';

/** As people sort names: `Q2` before `Q10`, `Élan` among the E's, case of no matter. */
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/**
 * Compares two positions. Rows without a value come last in either direction; ties are settled by the
 * token, upwards, so that every order is total and a cursor names exactly one place in it.
 */
export function comparePositions(a: Position, b: Position, direction: Direction): number {
  if (a.value === null || b.value === null) {
    if (a.value !== b.value) return a.value === null ? 1 : -1;
  } else {
    const order = compareValues(a.value, b.value);
    if (order !== 0) return direction === 'ASC' ? order : -order;
  }
  return a.token < b.token ? -1 : a.token > b.token ? 1 : 0;
}

function compareValues(a: NonNullable<SortValue>, b: NonNullable<SortValue>): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(String(a), String(b));
}
