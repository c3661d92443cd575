/** Each kind of list, once: its filter, its order, and the page they make of rows that are on their way. */
import type { GraphQLResolveInfo } from 'graphql';
import { madeOnce } from '../loading/made-once.ts';
import { withStats } from '../loading/reports-with-stats.ts';
import { andThen, type MaybePromise } from '../loading/maybe-promise.ts';
import type { RowList } from '../loading/parts.ts';
import type { Clause, Source } from '../loading/plan.ts';
import type { Recall } from '../loading/recall.ts';
import type { Wanted } from '../loading/wanted.ts';
import { slices } from '../mode/slices.ts';
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
import { textOfFilter } from './connection/cursor.ts';
import { matchingPlaces } from './connection/matching-places.ts';
import { nameOfOrdering, placesInOrderSoon, type Places } from './connection/ordered-rows.ts';
import type { PageArguments } from './connection/page-arguments.ts';
import { preparePage, type ConnectionPage, type RowOrder } from './connection/paginate.ts';
import type { GatewayContext } from './context.ts';
import { factsOfRows, type Selection } from './facts-wanted.ts';
import { chartFilter } from './filters/chart-filter.ts';
import { collectionFilter } from './filters/collection-filter.ts';
import { dataSourceFilter } from './filters/data-source-filter.ts';
import type { FilterKind } from './filters/filter-kind.ts';
import { foreseePage, type AddStats, type ForeseenPage, type ListRow } from './foresee-page.ts';
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
  /** Where statistics say something of its rows. */
  readonly withStats?: AddStats<Row>;
}

interface ListField<Row, Filter, Order> {
  /** Names the list and its parent; cursors are good for it alone. */
  readonly list: string;
  readonly args: ListArguments<Filter, Order>;
  readonly context: GatewayContext;
  readonly info: GraphQLResolveInfo;
  /** Null when the parent is not there; the list is then null too. */
  fetch(wanted: Wanted): MaybePromise<RowList<Row> | null>;
  /** Which of the rows belong to the list, when `fetch` cannot tell. @default all */
  belongs?(row: Row): boolean;
}

/** What a list is asked for, apart from its rows. */
type ListQuestion<Filter, Order> = Pick<ListField<never, Filter, Order>, 'list' | 'args'> & {
  readonly context: Pick<GatewayContext, 'limits'>;
};

/**
 * A resolver's whole work for a list. Arguments are read first, so that bad ones cost no call; then the
 * facts wanted are gathered from filter, order and selection; the rows are fetched, filtered, ordered and
 * cut; and those shown are completed.
 */
function listOf<Row extends ListRow, Filter, Order>(kind: ListKind<Row, Filter, Order>) {
  const read = ({ list, args, context }: ListQuestion<Filter, Order>) => {
    const order = kind.readOrder(args.orderBy);
    const identity = { list, filter: args.filter };
    const page = preparePage<Row>({ identity, order, page: args, limits: context.limits });
    return { order, page, needed: kind.filter.sources(args.filter) };
  };
  const make = (args: ListArguments<Filter, Order>, rowFacts: readonly Clause[], pageSize: number): Wanted => {
    const needed = [kind.readOrder(args.orderBy).sources, ...kind.filter.sources(args.filter)].map(forEveryRow);
    return { clauses: [...needed, ...rowFacts], pageSize };
  };
  /** Without a filter, the same for every list that one field of a document stands for. */
  const unfiltered = madeOnce((_: readonly Clause[]) => new Map<string, Wanted>());
  const wanted = (args: ListArguments<Filter, Order>, selection: Selection, pageSize: number): Wanted => {
    const rowFacts = factsOfRows(selection);
    if (args.filter != null) return make(args, rowFacts, pageSize);
    const known = unfiltered(rowFacts);
    const name = `${nameOfOrdering(kind.readOrder(args.orderBy))} ${pageSize}`;
    let made = known.get(name);
    if (!made) known.set(name, (made = make(args, rowFacts, pageSize)));
    return made;
  };
  const placesOf = (
    field: ListField<Row, Filter, Order>,
    order: RowOrder<Row>,
    rows: readonly Row[],
  ): MaybePromise<Places> => {
    const { list, args, belongs, context } = field;
    return andThen(placesInOrderSoon(rows, order, slices), (all) => {
      let name = nameOfOrdering(order);
      let places = all;
      let own = rows;
      if (belongs) {
        name = `${name} ${list}`;
        places = matchingPlaces(rows, places, belongs, name);
        own = rows.filter(belongs);
      }
      return andThen(kind.filter.prepare(args.filter, context, own), (matches) => {
        if (!matches) return places;
        const isKept = kind.filter.goesByRowsAlone(args.filter);
        return matchingPlaces(rows, places, matches, isKept ? `${name} ${textOfFilter(args.filter)}` : undefined);
      });
    });
  };
  const resolve = (field: ListField<Row, Filter, Order>): MaybePromise<ConnectionPage<Row> | null> => {
    const { args, context, info } = field;
    const { order, page } = read(field);
    context.operation.pin(page.pins);
    return andThen(field.fetch(wanted(args, info, page.size)), (found) => {
      if (!found) return null;
      return andThen(placesOf(field, order, found.rows), (places) => {
        const cut = page.cut(found.rows, places);
        return andThen(found.complete(cut.rows), (completed) => cut.page(found.pins, completed));
      });
    });
  };
  return Object.assign(resolve, {
    /** What the list will ask of its rows, for who wants to know that beforehand. */
    wanted,
    /** @throws for arguments that `resolve` would refuse */
    check(question: ListQuestion<Filter, Order>): void {
      read(question);
    },
    /** Which of the rows it will show, as far as can be told by what the catalog remembers of them. */
    foresee(question: ListQuestion<Filter, Order>, rows: readonly Row[], recall: Recall): ForeseenPage<Row> {
      const filter = (told: ReadonlySet<Source>, all: readonly Row[]) =>
        kind.filter.foresee(question.args.filter, told, recall, all);
      const filterName = kind.filter.goesByRowsAlone(question.args.filter)
        ? textOfFilter(question.args.filter)
        : undefined;
      return foreseePage({ ...read(question), rows, recall, filter, filterName, withStats: kind.withStats });
    },
  });
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
  withStats: (rows, stats) => withStats(stats).rows(rows),
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
