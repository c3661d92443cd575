/** Each kind of list, once: its filter, its order, and the page they make of rows that are on their way. */
import type { ChartRecord, CollectionRecord, ReportQueryRecord, ReportRecord } from '../mode/records.ts';
import { ChartOrder, CollectionOrder, ReportOrder, ReportQueryOrder } from './connection/order-inputs.ts';
import type { PageArguments } from './connection/page-arguments.ts';
import { preparePage, type ConnectionPage, type RowOrder } from './connection/paginate.ts';
import type { GatewayContext } from './context.ts';
import { matchesChart, type ChartFilterShape } from './filters/chart-filter.ts';
import { matchesCollection, type CollectionFilterShape } from './filters/collection-filter.ts';
import { matchesReport, type ReportFilterShape } from './filters/report-filter.ts';
import { matchesReportQuery, type ReportQueryFilterShape } from './filters/report-query-filter.ts';

interface ListArguments<Filter, Order> extends PageArguments {
  readonly filter?: Filter | null | undefined;
  readonly orderBy?: Order | null | undefined;
}

interface ListKind<Row, Filter, Order> {
  matches(filter: Filter | null | undefined, row: Row): boolean;
  readOrder(order: Order | null | undefined): RowOrder<Row>;
}

/**
 * A resolver's whole work for a list: arguments are read first, so that bad ones cost no call; then the
 * rows are fetched, filtered, ordered and cut. Null rows (a parent that is not there) are a null list.
 *
 * @param list names the list and its parent; cursors are good for it alone
 */
function listOf<Row extends { readonly token: string }, Filter, Order>(kind: ListKind<Row, Filter, Order>) {
  return async (
    list: string,
    args: ListArguments<Filter, Order>,
    context: GatewayContext,
    fetchRows: () => Promise<readonly Row[] | null>,
  ): Promise<ConnectionPage<Row> | null> => {
    const page = preparePage<Row>({
      identity: { list, filter: args.filter },
      order: kind.readOrder(args.orderBy),
      page: args,
      limits: context.limits,
    });
    const rows = await fetchRows();
    return rows && page.cut(rows.filter((row) => kind.matches(args.filter, row)));
  };
}

export const collectionList = listOf<
  CollectionRecord,
  CollectionFilterShape,
  Parameters<typeof CollectionOrder.read>[0]
>({ matches: matchesCollection, readOrder: CollectionOrder.read });
export const reportList = listOf<ReportRecord, ReportFilterShape, Parameters<typeof ReportOrder.read>[0]>({
  matches: matchesReport,
  readOrder: ReportOrder.read,
});
export const reportQueryList = listOf<
  ReportQueryRecord,
  ReportQueryFilterShape,
  Parameters<typeof ReportQueryOrder.read>[0]
>({ matches: matchesReportQuery, readOrder: ReportQueryOrder.read });
export const chartList = listOf<ChartRecord, ChartFilterShape, Parameters<typeof ChartOrder.read>[0]>({
  matches: matchesChart,
  readOrder: ChartOrder.read,
});
