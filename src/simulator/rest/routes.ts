import { getCollection, listCollectionDatasets, listCollectionReports, listCollections } from './collection-routes.ts';
import { getChart, getQuery, listCharts, listQueries } from './query-routes.ts';
import { getDataset, getReport, getRun, listRuns } from './report-routes.ts';
import type { Handler } from './rest-call.ts';
import {
  account,
  getAccount,
  getDataSource,
  listDataSources,
  listLiteMemberships,
  listMemberships,
  verify,
} from './workspace-routes.ts';

/** Every path this Mode answers, most telling first. `{ws}` must be the workspace; other braces take any segment. */
const PATHS: readonly (readonly [string, Handler])[] = [
  ['/api/verify', verify],
  ['/api/account', account],
  ['/api/{account}', getAccount],
  ['/api/{ws}/spaces', listCollections],
  ['/api/{ws}/spaces/{space}', getCollection],
  ['/api/{ws}/spaces/{space}/reports', listCollectionReports],
  ['/api/{ws}/spaces/{space}/datasets', listCollectionDatasets],
  ['/api/{ws}/reports/{report}', getReport],
  ['/api/{ws}/reports/{report}/runs', listRuns],
  ['/api/{ws}/reports/{report}/runs/{run}', getRun],
  ['/api/{ws}/reports/{report}/queries', listQueries],
  ['/api/{ws}/reports/{report}/queries/{query}', getQuery],
  ['/api/{ws}/reports/{report}/queries/{query}/charts', listCharts],
  ['/api/{ws}/reports/{report}/queries/{query}/charts/{chart}', getChart],
  ['/api/{ws}/datasets/{report}', getDataset],
  ['/api/{ws}/datasets/{report}/runs', listRuns],
  ['/api/{ws}/data_sources', listDataSources],
  ['/api/{ws}/data_sources/{source}', getDataSource],
  ['/api/{ws}/memberships', listMemberships],
  ['/api/{ws}/memberships/lite', listLiteMemberships],
];

const ROUTES = PATHS.map(([path, handler]) => ({ segments: path.split('/'), handler }));

export interface Route {
  handler: Handler;
  tokens: Record<string, string>;
}

/** Finds what answers a path. `/collections` is another word for `/spaces`. */
export function findRoute(path: string): Route | undefined {
  const asked = path.replace(/\/$/, '').split('/');
  if (asked[3] === 'collections') asked[3] = 'spaces';
  for (const { segments, handler } of ROUTES) {
    if (segments.length !== asked.length) continue;
    const tokens: Record<string, string> = {};
    const fits = segments.every((segment, place) => {
      const given = asked[place] ?? '';
      if (!segment.startsWith('{')) return segment === given;
      tokens[segment.slice(1, -1)] = given;
      return given !== '';
    });
    if (fits) return { handler, tokens };
  }
  return undefined;
}
