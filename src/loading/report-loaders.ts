import type { ListSnapshot } from '../catalog/list-snapshot.ts';
import type { ReportRecord } from '../mode/records.ts';
import type { CarriedOut, PlanRequest } from './carry-out.ts';
import type { MaybePromise } from './maybe-promise.ts';
import { mergeReport } from './merge.ts';
import { isNewcomer } from './newcomers.ts';
import { orKnown } from './or-known.ts';
import { pinsOf, whole, type LoadingParts, type RowList } from './parts.ts';
import type { Offer } from './plan.ts';
import { plannedLoader } from './planned-loader.ts';
import { reportsWithStats } from './reports-with-stats.ts';
import { restWalkCalls } from './rest-costs.ts';
import type { Wanted } from './wanted.ts';

export interface ReportLoaders {
  /** Null when the report is hidden or gone. */
  report(token: string, wanted: Wanted): MaybePromise<ReportRecord | null>;
  /** Null when the collection is hidden or gone. */
  reportsOf(collection: string, wanted: Wanted): MaybePromise<RowList<ReportRecord> | null>;
  allReports(wanted: Wanted): MaybePromise<RowList<ReportRecord>>;
}

export function createReportLoaders(parts: LoadingParts): ReportLoaders {
  const { rest, discovery, bill } = parts;
  const request = (keys: number, wanted: readonly Wanted[], offers: readonly Offer[]): PlanRequest => ({
    what: 'reports',
    keys,
    wanted,
    list: 'reports',
    stats: true,
    rest: offers,
  });

  const report = plannedLoader<string, ReportRecord | null>(
    {
      name: 'report',
      toText: String,
      request: ({ length }, wanted) =>
        request(length, wanted, [{ source: 'REST', how: 'read', scope: 'all', calls: length, perKey: true }]),
      answer: (run) => (token) => {
        const known = listed(run)?.byKey.get(token);
        if (known && !run.rest) return known;
        // Not in the snapshot: made since it was taken, perhaps, and then REST knows it.
        const held = discovery.held('reports')?.byKey.get(token);
        return orKnown(rest.report(token), held, bill).then((record) => record && withDiscovery(record, run));
      },
    },
    parts,
  );

  const reportsOf = plannedLoader<string, RowList<ReportRecord> | null>(
    {
      name: 'reportsOf',
      toText: String,
      request: (tokens, wanted) => {
        const sizes = tokens.map((token) => discovery.hint('reports')?.byParent.get(token)?.length);
        const pageSize = Math.max(...wanted.map((one) => one.pageSize));
        const rows = sum(sizes.map((size) => Math.min(pageSize, size ?? pageSize)));
        return request(tokens.length, wanted, [
          { source: 'REST', how: 'walk', scope: 'all', calls: sum(sizes.map(restWalkCalls)), perKey: true },
          { source: 'REST', how: 'read', scope: 'page', calls: rows, perKey: true },
        ]);
      },
      answer: (run) => (token) => {
        const known = listed(run)?.byParent.get(token);
        const isNew = !known && isNewcomer(token, discovery.held('collections'), discovery.held('allCollections'));
        if (!run.rest && !isNew) return completed(known ?? [], run);
        return rest.reportsOf(token).then((rows) => rows && whole(rows.map((row) => withDiscovery(row, run))));
      },
    },
    parts,
  );

  const allReports = plannedLoader<'all', RowList<ReportRecord>>(
    {
      name: 'allReports',
      toText: String,
      request: (_, wanted) => {
        const known = discovery.hint('reports');
        const pageSize = Math.max(...wanted.map((one) => one.pageSize));
        return request(1, wanted, [
          { source: 'REST', how: 'walk', scope: 'all', calls: walkOfEverything() },
          { source: 'REST', how: 'read', scope: 'page', calls: Math.min(pageSize, known?.rows.length ?? pageSize) },
        ]);
      },
      answer: (run) => () => {
        if (!run.rest) return completed(listed(run)?.rows ?? [], run);
        return rest.allReports().then((rows) => whole(rows.map((row) => withDiscovery(row, run))));
      },
    },
    parts,
  );

  function walkOfEverything(): number {
    const reports = discovery.hint('reports');
    const collections = discovery.hint('collections');
    const count = collections?.rows.length ?? 100;
    const sizes = collections?.rows.map((row) =>
      reports ? (reports.byParent.get(row.token)?.length ?? 0) : undefined,
    );
    return Math.ceil(count / 30) + (sizes ? sum(sizes.map(restWalkCalls)) : count * restWalkCalls(undefined));
  }

  function withDiscovery(record: ReportRecord, run: CarriedOut): ReportRecord {
    return mergeReport(
      record,
      run.snapshot('reports')?.byKey.get(record.token),
      run.snapshot('stats')?.byKey.get(record.token),
    );
  }

  /** Discovery's list, with the statistics where those are part of the plan. */
  function listed(run: CarriedOut): ListSnapshot<ReportRecord> | undefined {
    const [reports, stats] = [run.snapshot('reports'), run.snapshot('stats')];
    return reports && stats ? reportsWithStats(reports, stats) : reports;
  }

  function completed(rows: readonly ReportRecord[], run: CarriedOut): RowList<ReportRecord> {
    const stats = run.snapshot('stats');
    const pins = pinsOf({ reports: run.snapshot('reports'), stats });
    if (!run.restOfPage) return whole(rows, pins);
    return {
      rows,
      pins,
      complete: (page) =>
        Promise.all(
          page.map(async (row) => {
            const live = await orKnown(rest.report(row.token), row, bill);
            // Gone since the snapshot was taken: what the snapshot knew is all there is to say of it.
            return live ? withDiscovery(live, run) : row;
          }),
        ),
    };
  }

  return {
    report,
    reportsOf,
    allReports: (wanted) => allReports('all', wanted),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
