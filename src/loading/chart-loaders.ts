import type { ChartRecord } from '../mode/records.ts';
import type { ChartAddress, QueryAddress } from '../mode/rest-client.ts';
import type { CarriedOut, PlanRequest } from './carry-out.ts';
import type { MaybePromise } from './maybe-promise.ts';
import { mergeChart } from './merge.ts';
import { isNewcomer } from './newcomers.ts';
import { pinsOf, whole, type LoadingParts, type RowList } from './parts.ts';
import { plannedLoader } from './planned-loader.ts';
import type { Wanted } from './wanted.ts';

export interface ChartLoaders {
  /** Null when the chart is hidden or gone, or has other parents. */
  chart(address: ChartAddress, wanted: Wanted): MaybePromise<ChartRecord | null>;
  /** Null when the query is hidden or gone. */
  chartsOf(address: QueryAddress, wanted: Wanted): MaybePromise<RowList<ChartRecord> | null>;
}

export function createChartLoaders(parts: LoadingParts): ChartLoaders {
  const { rest, discovery } = parts;
  const request = (keys: number, wanted: readonly Wanted[], calls: number): PlanRequest => ({
    what: 'charts',
    keys,
    wanted,
    list: 'charts',
    rest: [{ source: 'REST', how: 'read', scope: 'all', calls, perKey: true }],
  });

  const chart = plannedLoader<ChartAddress, ChartRecord | null>(
    {
      name: 'chart',
      toText: (address) => `${address.report}/${address.query}/${address.chart}`,
      request: (keys, wanted) => request(keys.length, wanted, keys.length),
      answer: (run) => (address) => {
        const known = run.snapshot('charts')?.byKey.get(address.chart);
        if (!run.rest && known) {
          return known.reportToken === address.report && known.queryToken === address.query ? known : null;
        }
        return rest.chart(address).then((record) => record && withDiscovery(record, run));
      },
    },
    parts,
  );

  const chartsOf = plannedLoader<QueryAddress, RowList<ChartRecord> | null>(
    {
      name: 'chartsOf',
      toText: (address) => `${address.report}/${address.query}`,
      request: (keys, wanted) =>
        request(keys.length, wanted, keys.filter((key) => !rest.knownWithoutCharts(key.report)).length),
      answer: (run) => (address) => {
        const known = run.snapshot('charts');
        const children = known?.byParent.get(address.query);
        const isNew = !children && isNewcomer(address.query, discovery.held('queries'));
        if (!run.rest && !isNew) return whole(children ?? [], pinsOf({ charts: known }));
        return rest.chartsOf(address).then((rows) => rows && whole(rows.map((row) => withDiscovery(row, run))));
      },
    },
    parts,
  );

  function withDiscovery(record: ChartRecord, run: CarriedOut): ChartRecord {
    return mergeChart(record, run.snapshot('charts')?.byKey.get(record.token));
  }

  return { chart, chartsOf };
}
