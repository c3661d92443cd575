/** What REST costs, in calls, as far as can be told beforehand. */

const ROWS_A_PAGE = 30;

/**
 * A walk over the reports of one collection: a page for every 30, and the empty one that ends it.
 *
 * @param size reports in the collection; undefined when nothing is known, which is taken for one page
 */
export function restWalkCalls(size: number | undefined): number {
  return Math.ceil((size ?? ROWS_A_PAGE) / ROWS_A_PAGE) + 1;
}

/** The list of collections, which has counters. */
export function restCollectionCalls(size: number | undefined): number {
  return Math.max(1, Math.ceil((size ?? 4 * ROWS_A_PAGE) / ROWS_A_PAGE));
}
