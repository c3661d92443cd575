import type { ChartRecord } from '../mode/records.ts';
import type { ChartAddress, QueryAddress } from '../mode/rest-client.ts';
import { carryOut, type CarriedOut } from './carry-out.ts';
import { mergeChart } from './merge.ts';
import { isNewcomer } from './newcomers.ts';
import { pinsOf, whole, type LoadingParts, type RowList } from './parts.ts';
import { plannedLoader, settleAll } from './planned-loader.ts';
import type { Wanted } from './wanted.ts';

export interface ChartLoaders {
  /** Null when the chart is hidden or gone, or has other parents. */
  chart(address: ChartAddress, wanted: Wanted): Promise<ChartRecord | null>;
  /** Null when the query is hidden or gone. */
  chartsOf(address: QueryAddress, wanted: Wanted): Promise<RowList<ChartRecord> | null>;
}

export function createChartLoaders({ rest, discovery, bill }: LoadingParts): ChartLoaders {
  const plan = (keys: number, wanted: readonly Wanted[], calls: number) =>
    carryOut(
      { what: 'charts', keys, wanted, list: 'charts', rest: [{ source: 'REST', how: 'read', scope: 'all', calls }] },
      discovery,
      bill,
    );

  const chart = plannedLoader<ChartAddress, ChartRecord | null>(
    (address) => `${address.report}/${address.query}/${address.chart}`,
    async (asked) => {
      const run = await plan(
        asked.length,
        asked.map((one) => one.wanted),
        asked.length,
      );
      return settleAll(asked, async (address) => {
        const known = run.snapshot('charts')?.byKey.get(address.chart);
        if (!run.rest && known) {
          return known.reportToken === address.report && known.queryToken === address.query ? known : null;
        }
        const record = await rest.chart(address);
        return record && withDiscovery(record, run);
      });
    },
  );

  const chartsOf = plannedLoader<QueryAddress, RowList<ChartRecord> | null>(
    (address) => `${address.report}/${address.query}`,
    async (asked) => {
      const costly = asked.filter(({ key }) => !rest.knownWithoutCharts(key.report)).length;
      const run = await plan(
        asked.length,
        asked.map((one) => one.wanted),
        costly,
      );
      return settleAll(asked, async (address) => {
        const known = run.snapshot('charts');
        const children = known?.byParent.get(address.query);
        const isNew = !children && isNewcomer(address.query, discovery.held('queries'));
        if (!run.rest && !isNew) return whole(children ?? [], pinsOf({ charts: known }));
        const rows = await rest.chartsOf(address);
        return rows && whole(rows.map((row) => withDiscovery(row, run)));
      });
    },
  );

  function withDiscovery(record: ChartRecord, run: CarriedOut): ChartRecord {
    return mergeChart(record, run.snapshot('charts')?.byKey.get(record.token));
  }

  return { chart, chartsOf };
}
