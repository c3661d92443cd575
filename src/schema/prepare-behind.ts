/**
 * Works out, behind the answers and in slices, what the first question of its kind would else have to wait for: every order of a
 * long list, what filters go by, the words of SQL, and what lies below reports and collections. Once it is there, a refresh passes it on.
 */
import type { CatalogView } from '../catalog/catalog-view.ts';
import { prepareSqlSearch } from '../catalog/prepare-sql.ts';
import { prepareWithStats } from '../loading/reports-with-stats.ts';
import { prepareRowsBelow } from '../loading/rows-below.ts';
import type { Slices } from '../mode/slices.ts';
import { ChartOrder, CollectionOrder, MemberOrder, ReportOrder, ReportQueryOrder } from './connection/order-inputs.ts';
import { LONG, placesInOrderSoon, type Named } from './connection/ordered-rows.ts';
import type { RowOrder } from './connection/paginate.ts';
import { chartFilter } from './filters/chart-filter.ts';
import { prepareColumns, type ColumnUse } from './filters/columns.ts';
import { reportFilter } from './filters/report-filter.ts';
import { reportQueryFilter } from './filters/report-query-filter.ts';

export interface Preparation {
  /** Begins to prepare only when this is done: sorting one list would take the time from another that is still on its way. */
  after<Result>(work: () => Promise<Result>): Promise<Result>;
  stop(): void;
}

/** Prepares what the catalog holds whenever a list has come. */
export function prepareBehind(catalog: Pick<CatalogView, 'peek' | 'watch'>, slices: Slices): Preparation {
  const state = { isStopped: false, isUnderWay: false, isDue: false, awaited: 0 };
  const prepare = async (): Promise<void> => {
    if (state.isUnderWay || state.awaited > 0) return;
    state.isUnderWay = true;
    while (state.isDue && !state.isStopped) {
      state.isDue = false;
      await prepareAll(catalog, slices, () => state.isStopped);
    }
    state.isUnderWay = false;
  };
  const unwatch = catalog.watch(() => {
    state.isDue = true;
    void prepare();
  });
  return {
    async after(work) {
      state.awaited++;
      try {
        return await work();
      } finally {
        state.awaited--;
        void prepare();
      }
    },
    stop: () => {
      state.isStopped = true;
      unwatch();
    },
  };
}

async function prepareAll(catalog: Pick<CatalogView, 'peek'>, slices: Slices, isStopped: () => boolean): Promise<void> {
  const order = async <Row extends Named, Field extends string>(
    rows: readonly Row[] = [],
    { fields, read }: { fields: readonly Field[]; read(argument: Standard<Field>): RowOrder<Row> },
    source: 'DISCOVERY' | 'STATS' = 'DISCOVERY',
  ): Promise<void> => {
    if (rows.length < LONG) return;
    for (const field of fields) {
      const ordering = read({ field, direction: 'ASC' });
      // What none of the rows has a value for, no list of theirs is ordered by.
      if (ordering.sources.includes(source) && !isStopped()) await placesInOrderSoon(rows, ordering, slices);
    }
  };
  const columns = async <Row>(rows: readonly Row[] = [], uses: readonly ColumnUse<Row>[]): Promise<void> => {
    for (const use of uses) {
      const isTold = use.sources.some((source) => source !== 'REST');
      if (rows.length >= LONG && isTold && !isStopped()) await prepareColumns(rows, [use], slices);
    }
  };
  const [reports, stats] = [catalog.peek('reports'), catalog.peek('stats')];
  await order(reports?.rows, ReportOrder);
  await order(catalog.peek('queries')?.rows, ReportQueryOrder);
  await order(catalog.peek('charts')?.rows, ChartOrder);
  await order(catalog.peek('collections')?.rows, CollectionOrder);
  await order(catalog.peek('members')?.rows, MemberOrder);
  if (reports && stats && reports.rows.length >= LONG && !isStopped()) {
    const isCurrent = (): boolean => catalog.peek('reports') === reports && catalog.peek('stats') === stats;
    const merged = await prepareWithStats(reports, stats, slices, isCurrent);
    await order(merged, ReportOrder, 'STATS');
    await columns(merged, reportFilter.columns);
  }
  const queries = catalog.peek('queries')?.rows ?? [];
  await columns(queries, reportQueryFilter.columns);
  await columns(catalog.peek('charts')?.rows, chartFilter.columns);
  if (queries.length >= LONG) await prepareSqlSearch(queries, slices, isStopped);
  for (const list of [catalog.peek('queries'), catalog.peek('charts')]) {
    if (list && list.rows.length >= LONG && !isStopped()) await prepareRowsBelow(list, slices);
  }
}

interface Standard<Field extends string> {
  readonly field: Field;
  readonly direction: 'ASC';
}
