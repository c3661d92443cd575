/** The one world all schedules are played in. It is built once and never changes: a schedule reads, and so do its judges. */
import {
  buildWorld,
  fullWorldSize,
  REALISTIC_BEHAVIOUR,
  type Behaviour,
  type SimChart,
  type SimCollection,
  type SimQuery,
  type SimReport,
} from '../../src/simulator/index.ts';

export const WORKSPACE = 'acme';

/** Names nothing. */
export const NOWHERE = 'ffffffffffff';

export const world = buildWorld(
  5,
  WORKSPACE,
  fullWorldSize({ collections: 5, reports: 22, queries: 36, charts: 38, members: 12, dataSources: 3 }),
);

// Each of the ways in which Mode forgets.
for (const [place, as] of (['gone', 'forbidden', 'soft_deleted'] as const).entries()) {
  const doomed = world.reports[5 + 6 * place];
  if (doomed) world.deleted.set(doomed.token, as);
}

export const behaviour: Behaviour = {
  ...REALISTIC_BEHAVIOUR,
  rateLimit: null,
  weight: 'light',
  // Short pages: many of them in a small world.
  pageSize: 10,
  discoveryPageSize: 10,
};

const isLive = (row: { readonly token: string }): boolean =>
  !world.deleted.has(row.token) && !world.isOrphan(row.token);

export const reports: readonly SimReport[] = world.reports.filter(isLive);
export const queries: readonly SimQuery[] = world.queries.filter(isLive);
export const charts: readonly SimChart[] = world.charts.filter(isLive);
export const deletedReports: readonly SimReport[] = world.reports.filter((row) => !isLive(row));
export const collections: readonly SimCollection[] = world.collections;
/** Discovery lists these and no personal ones. */
export const openCollections: readonly SimCollection[] = collections.filter((row) => row.type !== 'private');

export const reportOf = new Map(reports.map((row) => [row.token, row]));
export const queryOf = new Map(queries.map((row) => [row.token, row]));
export const chartOf = new Map(charts.map((row) => [row.token, row]));
export const collectionOf = new Map(collections.map((row) => [row.token, row]));

export const reportsIn = (collection: string): SimReport[] =>
  reports.filter((row) => row.collectionToken === collection);
export const queriesIn = (report: string): SimQuery[] => queries.filter((row) => row.reportToken === report);
export const chartsIn = (query: string): SimChart[] => charts.filter((row) => row.queryToken === query);
