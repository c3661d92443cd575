import type { SimChart, SimCollection, SimQuery, SimReport } from '../world/rows.ts';
import type { DiscoveryCall } from './discovery-call.ts';

/** Private collections are never listed, whatever is asked for. */
export function shownSpaces({ scene }: DiscoveryCall): SimCollection[] {
  return scene.world.collections.filter((row) => row.type !== 'private');
}

/**
 * Reports, leaving out those in private collections unless `include_spaces=all`. With it, rows name collections that
 * the list of spaces does not have.
 */
export function shownReports({ scene, query }: DiscoveryCall): SimReport[] {
  const { world, behaviour } = scene;
  const all = query.get('include_spaces') === 'all';
  return world.reports.filter(
    (row) =>
      (all || world.collectionByToken.get(row.collectionToken)?.type !== 'private') &&
      (behaviour.discoveryArchived || !row.archived) &&
      (behaviour.discoveryDatasets || row.type !== 'DatasetReport'),
  );
}

/** Queries and charts go with their report. */
export function shownQueries(call: DiscoveryCall): SimQuery[] {
  const reports = reportTokens(call);
  return call.scene.world.queries.filter((row) => reports.has(row.reportToken));
}

export function shownCharts(call: DiscoveryCall): SimChart[] {
  const reports = reportTokens(call);
  return call.scene.world.charts.filter((row) => reports.has(row.reportToken));
}

function reportTokens(call: DiscoveryCall): Set<string> {
  return new Set(shownReports(call).map(({ token }) => token));
}
