import type { ReportQueryRecord } from '../mode/records.ts';
import type { QueryAddress } from '../mode/rest-client.ts';
import { carryOut, type CarriedOut } from './carry-out.ts';
import { mergeQuery } from './merge.ts';
import { isNewcomer } from './newcomers.ts';
import { pinsOf, whole, type LoadingParts, type RowList } from './parts.ts';
import { plannedLoader, settleAll } from './planned-loader.ts';
import type { Wanted } from './wanted.ts';

export interface QueryLoaders {
  /** Null when the query is hidden or gone, or belongs to another report. */
  query(address: QueryAddress, wanted: Wanted): Promise<ReportQueryRecord | null>;
  /** Null when the report is hidden or gone. */
  queriesOf(report: string, wanted: Wanted): Promise<RowList<ReportQueryRecord> | null>;
}

export function createQueryLoaders({ rest, discovery, bill }: LoadingParts): QueryLoaders {
  const plan = (keys: number, wanted: readonly Wanted[], calls: number) =>
    carryOut(
      {
        what: 'queries',
        keys,
        wanted,
        list: 'queries',
        rest: [{ source: 'REST', how: 'read', scope: 'all', calls }],
      },
      discovery,
      bill,
    );

  const query = plannedLoader<QueryAddress, ReportQueryRecord | null>(
    (address) => `${address.report}/${address.query}`,
    async (asked) => {
      const run = await plan(
        asked.length,
        asked.map((one) => one.wanted),
        asked.length,
      );
      return settleAll(asked, async (address) => {
        const known = run.snapshot('queries')?.byKey.get(address.query);
        if (!run.rest && known) return known.reportToken === address.report ? known : null;
        const record = await rest.query(address);
        return record && withDiscovery(record, run);
      });
    },
  );

  const queriesOf = plannedLoader<string, RowList<ReportQueryRecord> | null>(String, async (asked) => {
    const costly = asked.filter(({ key }) => !rest.knownWithoutQueries(key)).length;
    const run = await plan(
      asked.length,
      asked.map((one) => one.wanted),
      costly,
    );
    return settleAll(asked, async (report) => {
      const known = run.snapshot('queries');
      const children = known?.byParent.get(report);
      const isNew = !children && isNewcomer(report, discovery.held('reports'));
      if (!run.rest && !isNew) return whole(children ?? [], pinsOf({ queries: known }));
      const rows = await rest.queriesOf(report);
      return rows && whole(rows.map((row) => withDiscovery(row, run)));
    });
  });

  function withDiscovery(record: ReportQueryRecord, run: CarriedOut): ReportQueryRecord {
    return mergeQuery(record, run.snapshot('queries')?.byKey.get(record.token));
  }

  return { query, queriesOf };
}
