/** How many of each a world holds. */
export interface WorldSize {
  collections: number;
  reports: number;
  queries: number;
  charts: number;
  members: number;
  dataSources: number;
}

const DEFAULT_REPORTS = 4146;

/**
 * Fills in what is missing: three queries and four and a half charts a report, as in the default world.
 *
 * @throws RangeError when rows would have no parent, or when a number is not a whole one.
 */
export function fullWorldSize(size: Partial<WorldSize>): WorldSize {
  const reports = size.reports ?? DEFAULT_REPORTS;
  const queries = size.queries ?? reports * 3;
  const full: WorldSize = {
    collections: size.collections ?? 120,
    reports,
    queries,
    charts: size.charts ?? Math.round(queries * 1.5),
    members: size.members ?? 140,
    dataSources: size.dataSources ?? 9,
  };
  for (const [what, count] of Object.entries(full) as [string, number][]) {
    if (!Number.isInteger(count) || count < 0) throw new RangeError(`${what} must be a whole number, not ${count}`);
  }
  if (full.members < 2) throw new RangeError('a world needs two members: one for each credential');
  if (full.reports > 0 && full.collections === 0) throw new RangeError('reports need a collection');
  if (full.queries > 0 && full.reports === 0) throw new RangeError('queries need a report');
  if (full.queries > 0 && full.dataSources === 0) throw new RangeError('queries need a data source');
  if (full.charts > 0 && full.queries === 0) throw new RangeError('charts need a query');
  return full;
}
