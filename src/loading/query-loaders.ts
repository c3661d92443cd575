import type { ReportQueryRecord } from '../mode/records.ts';
import type { QueryAddress } from '../mode/rest-client.ts';
import type { CarriedOut, PlanRequest } from './carry-out.ts';
import type { MaybePromise } from './maybe-promise.ts';
import { mergeQuery } from './merge.ts';
import { isNewcomer } from './newcomers.ts';
import { pinsOf, whole, type LoadingParts, type RowList } from './parts.ts';
import { plannedLoader } from './planned-loader.ts';
import type { Wanted } from './wanted.ts';

export interface QueryLoaders {
  /** Null when the query is hidden or gone, or belongs to another report. */
  query(address: QueryAddress, wanted: Wanted): MaybePromise<ReportQueryRecord | null>;
  /** Null when the report is hidden or gone. */
  queriesOf(report: string, wanted: Wanted): MaybePromise<RowList<ReportQueryRecord> | null>;
}

export function createQueryLoaders(parts: LoadingParts): QueryLoaders {
  const { rest, discovery } = parts;
  const request = (keys: number, wanted: readonly Wanted[], calls: number): PlanRequest => ({
    what: 'queries',
    keys,
    wanted,
    list: 'queries',
    rest: [{ source: 'REST', how: 'read', scope: 'all', calls, perKey: true }],
  });

  const query = plannedLoader<QueryAddress, ReportQueryRecord | null>(
    {
      name: 'query',
      toText: (address) => `${address.report}/${address.query}`,
      request: (keys, wanted) => request(keys.length, wanted, keys.length),
      answer: (run) => (address) => {
        const known = run.snapshot('queries')?.byKey.get(address.query);
        if (!run.rest && known) return known.reportToken === address.report ? known : null;
        return rest.query(address).then((record) => record && withDiscovery(record, run));
      },
    },
    parts,
  );

  const queriesOf = plannedLoader<string, RowList<ReportQueryRecord> | null>(
    {
      name: 'queriesOf',
      toText: String,
      request: (keys, wanted) =>
        request(keys.length, wanted, keys.filter((key) => !rest.knownWithoutQueries(key)).length),
      answer: (run) => (report) => {
        const known = run.snapshot('queries');
        const children = known?.byParent.get(report);
        const isNew = !children && isNewcomer(report, discovery.held('reports'));
        if (!run.rest && !isNew) return whole(children ?? [], pinsOf({ queries: known }));
        return rest.queriesOf(report).then((rows) => rows && whole(rows.map((row) => withDiscovery(row, run))));
      },
    },
    parts,
  );

  function withDiscovery(record: ReportQueryRecord, run: CarriedOut): ReportQueryRecord {
    return mergeQuery(record, run.snapshot('queries')?.byKey.get(record.token));
  }

  return { query, queriesOf };
}
