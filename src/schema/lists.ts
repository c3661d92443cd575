/** Each kind of list, once: its filter, its order, and the page they make of rows that are on their way. */
import type { GraphQLResolveInfo } from 'graphql';
import type { RowList } from '../loading/parts.ts';
import type { Clause, Source } from '../loading/plan.ts';
import type { Wanted } from '../loading/wanted.ts';
import type {
  ChartRecord,
  CollectionRecord,
  DataSourceRecord,
  MemberRecord,
  ReportQueryRecord,
  ReportRecord,
} from '../mode/records.ts';
import {
  ChartOrder,
  CollectionOrder,
  DataSourceOrder,
  MemberOrder,
  ReportOrder,
  ReportQueryOrder,
} from './connection/order-inputs.ts';
import type { PageArguments } from './connection/page-arguments.ts';
import { preparePage, type ConnectionPage, type RowOrder } from './connection/paginate.ts';
import type { GatewayContext } from './context.ts';
import { factsOfRows, type Selection } from './facts-wanted.ts';
import { chartFilter } from './filters/chart-filter.ts';
import { collectionFilter } from './filters/collection-filter.ts';
import { dataSourceFilter } from './filters/data-source-filter.ts';
import type { FilterKind } from './filters/filter-kind.ts';
import { memberFilter } from './filters/member-filter.ts';
import { reportFilter } from './filters/report-filter.ts';
import { reportQueryFilter } from './filters/report-query-filter.ts';

interface ListArguments<Filter, Order> extends PageArguments {
  readonly filter?: Filter | null | undefined;
  readonly orderBy?: Order | null | undefined;
}

interface ListKind<Row, Filter, Order> {
  readonly filter: FilterKind<Row, Filter>;
  readOrder(order: Order | null | undefined): RowOrder<Row>;
}

interface ListField<Row, Filter, Order> {
  /** Names the list and its parent; cursors are good for it alone. */
  readonly list: string;
  readonly args: ListArguments<Filter, Order>;
  readonly context: GatewayContext;
  readonly info: GraphQLResolveInfo;
  /** Null when the parent is not there; the list is then null too. */
  fetch(wanted: Wanted): Promise<RowList<Row> | null>;
  /** Which of the rows belong to the list, when `fetch` cannot tell. @default all */
  belongs?(row: Row): boolean;
}

/**
 * A resolver's whole work for a list. Arguments are read first, so that bad ones cost no call; then the
 * facts wanted are gathered from filter, order and selection; the rows are fetched, filtered, ordered and
 * cut; and those shown are completed.
 */
function listOf<Row extends { readonly token: string | null }, Filter, Order>(kind: ListKind<Row, Filter, Order>) {
  const wanted = (args: ListArguments<Filter, Order>, selection: Selection, pageSize: number): Wanted => {
    const needed = [kind.readOrder(args.orderBy).sources, ...kind.filter.sources(args.filter)].map(forEveryRow);
    return { clauses: [...needed, ...factsOfRows(selection)], pageSize };
  };
  const resolve = async (field: ListField<Row, Filter, Order>): Promise<ConnectionPage<Row> | null> => {
    const { args, context, info } = field;
    const order = kind.readOrder(args.orderBy);
    const page = preparePage<Row>({
      identity: { list: field.list, filter: args.filter },
      order,
      page: args,
      limits: context.limits,
    });
    context.operation.pin(page.pins);
    const found = await field.fetch(wanted(args, info, page.size));
    if (!found) return null;
    const own = field.belongs ? found.rows.filter((row) => field.belongs?.(row)) : found.rows;
    const matches = await kind.filter.prepare(args.filter, context, own);
    const cut = page.cut(matches ? own.filter(matches) : own, found.pins);
    const rows = await found.complete(cut.edges.map((edge) => edge.node));
    return { ...cut, edges: cut.edges.map((edge, index) => ({ ...edge, node: rows[index] ?? edge.node })) };
  };
  /** `wanted`: what the list will ask of its rows, for who wants to know that beforehand. */
  return Object.assign(resolve, { wanted });
}

function forEveryRow(sources: readonly Source[]): Clause {
  return { anyOf: sources, scope: 'all' };
}

export const collectionList = listOf<
  CollectionRecord,
  typeof collectionFilter.shape,
  Parameters<typeof CollectionOrder.read>[0]
>({
  filter: collectionFilter,
  readOrder: CollectionOrder.read,
});
export const reportList = listOf<ReportRecord, typeof reportFilter.shape, Parameters<typeof ReportOrder.read>[0]>({
  filter: reportFilter,
  readOrder: ReportOrder.read,
});
export const reportQueryList = listOf<
  ReportQueryRecord,
  typeof reportQueryFilter.shape,
  Parameters<typeof ReportQueryOrder.read>[0]
>({
  filter: reportQueryFilter,
  readOrder: ReportQueryOrder.read,
});
export const chartList = listOf<ChartRecord, typeof chartFilter.shape, Parameters<typeof ChartOrder.read>[0]>({
  filter: chartFilter,
  readOrder: ChartOrder.read,
});

export const memberList = listOf<MemberRecord, typeof memberFilter.shape, Parameters<typeof MemberOrder.read>[0]>({
  filter: memberFilter,
  readOrder: MemberOrder.read,
});
export const dataSourceList = listOf<
  DataSourceRecord,
  typeof dataSourceFilter.shape,
  Parameters<typeof DataSourceOrder.read>[0]
>({
  filter: dataSourceFilter,
  readOrder: DataSourceOrder.read,
});
