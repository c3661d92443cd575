import type { ChartRecord, ReportQueryRecord } from '../mode/records.ts';
import type { ListSnapshot } from '../catalog/list-snapshot.ts';
import type { PlanRequest } from './carry-out.ts';
import type { MaybePromise } from './maybe-promise.ts';
import { mergeChart, mergeQuery } from './merge.ts';
import { isNewcomer } from './newcomers.ts';
import { pinsOf, whole, type LoadingParts, type RowList } from './parts.ts';
import type { Offer } from './plan.ts';
import { plannedLoader } from './planned-loader.ts';
import { restWalkCalls } from './rest-costs.ts';
import { rowsBelow, type Placed } from './rows-below.ts';
import type { Wanted } from './wanted.ts';

/** Which queries or charts: all of the workspace's, of one collection's reports, or of one report. */
export type Within =
  | { readonly kind: 'workspace' }
  | { readonly kind: 'collection'; readonly token: string }
  | { readonly kind: 'report'; readonly token: string };

export interface WorkspaceLoaders {
  /** Null when the collection or the report is hidden or gone. */
  queriesWithin(within: Within, wanted: Wanted): MaybePromise<RowList<ReportQueryRecord> | null>;
  chartsWithin(within: Within, wanted: Wanted): MaybePromise<RowList<ChartRecord> | null>;
}

/** Reports of a workspace nobody has counted yet. */
const GUESSED_REPORTS = 4_000;
const GUESSED_QUERIES_A_REPORT = 3;

/** Lists below more than one parent. REST has none of these: it takes a call for every parent. */
export function createWorkspaceLoaders(parts: LoadingParts): WorkspaceLoaders {
  const { rest, discovery } = parts;
  /** @param callsEach calls below each report */
  const request = (
    what: 'queries' | 'charts',
    keys: readonly Within[],
    wanted: readonly Wanted[],
    callsEach: number,
  ): PlanRequest => {
    const calls = sum(keys.map((key) => reportCalls(key) + reportCount(key) * callsEach));
    const walk: Offer = { source: 'REST', how: 'walk', scope: 'all', calls, perKey: true };
    return { what, keys: keys.length, wanted, list: what, rest: [walk] };
  };

  const queriesWithin = plannedLoader<Within, RowList<ReportQueryRecord> | null>(
    {
      name: 'queriesWithin',
      toText: nameOf,
      request: (keys, wanted) => request('queries', keys, wanted, 1),
      answer: (run) => (within) => {
        const known = run.snapshot('queries');
        const kept = rowsWithin(known, within);
        if (!run.rest && (kept.length > 0 || !isNew(within))) return whole(kept, pinsOf({ queries: known }));
        return restQueries(within).then(
          (rows) => rows && whole(rows.map((row) => mergeQuery(row, known?.byKey.get(row.token)))),
        );
      },
    },
    parts,
  );

  const chartsWithin = plannedLoader<Within, RowList<ChartRecord> | null>(
    {
      name: 'chartsWithin',
      toText: nameOf,
      request: (keys, wanted) => request('charts', keys, wanted, 1 + GUESSED_QUERIES_A_REPORT),
      answer: (run) => (within) => {
        const known = run.snapshot('charts');
        const kept = rowsWithin(known, within);
        if (!run.rest && (kept.length > 0 || !isNew(within))) return whole(kept, pinsOf({ charts: known }));
        return restCharts(within).then(
          (rows) => rows && whole(rows.map((row) => mergeChart(row, known?.byKey.get(row.token)))),
        );
      },
    },
    parts,
  );

  /** Below something made since the catalog was read, there is nothing in the catalog. */
  function isNew(within: Within): boolean {
    if (within.kind === 'workspace') return false;
    if (within.kind === 'report') return isNewcomer(within.token, discovery.held('reports'));
    return isNewcomer(within.token, discovery.held('collections'), discovery.held('allCollections'));
  }

  async function restQueries(within: Within): Promise<readonly ReportQueryRecord[] | null> {
    if (within.kind === 'report') return rest.queriesOf(within.token);
    const reports = within.kind === 'workspace' ? await rest.allReports() : await rest.reportsOf(within.token);
    if (!reports) return null;
    const lists = await Promise.all(reports.map((report) => rest.queriesOf(report.token)));
    return lists.flatMap((list) => list ?? []);
  }

  async function restCharts(within: Within): Promise<readonly ChartRecord[] | null> {
    const queries = await restQueries(within);
    if (!queries) return null;
    const lists = await Promise.all(
      queries.map((query) => rest.chartsOf({ report: query.reportToken, query: query.token })),
    );
    return lists.flatMap((list) => list ?? []);
  }

  function reportCount(within: Within): number {
    const reports = discovery.hint('reports');
    if (within.kind === 'report') return 1;
    if (within.kind === 'collection') return reports?.byParent.get(within.token)?.length ?? 30;
    return reports?.rows.length ?? GUESSED_REPORTS;
  }

  function reportCalls(within: Within): number {
    return within.kind === 'report' ? 0 : restWalkCalls(reportCount(within));
  }

  return { queriesWithin, chartsWithin };
}

function rowsWithin<Row extends Placed>(snapshot: ListSnapshot<Row> | undefined, within: Within): readonly Row[] {
  if (!snapshot) return [];
  if (within.kind === 'workspace') return snapshot.rows;
  return rowsBelow(snapshot, within.kind, within.token);
}

function nameOf(within: Within): string {
  return within.kind === 'workspace' ? 'workspace' : `${within.kind} ${within.token}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
