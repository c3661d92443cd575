import { collator } from './collation-key.ts';
import type { Position, SortValue } from './cursor.ts';

export type Direction = 'ASC' | 'DESC';

/** How values are compared: as people sort text, or by their characters, which is right for moments in ISO 8601. */
export type Comparison = 'text' | 'characters';

/**
 * Compares two positions. Rows without a value come last in either direction; ties are settled by the
 * token, upwards, so that every order is total and a cursor names exactly one place in it.
 */
export function comparePositions(
  a: Position,
  b: Position,
  direction: Direction,
  comparison: Comparison = 'text',
): number {
  if (a.value === null || b.value === null) {
    if (a.value !== b.value) return a.value === null ? 1 : -1;
  } else {
    const order = compareValues(a.value, b.value, comparison);
    if (order !== 0) return direction === 'ASC' ? order : -order;
  }
  return a.token < b.token ? -1 : a.token > b.token ? 1 : 0;
}

function compareValues(a: NonNullable<SortValue>, b: NonNullable<SortValue>, comparison: Comparison): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (comparison === 'characters') return a < b ? -1 : a > b ? 1 : 0;
  return collator.compare(String(a), String(b));
}
