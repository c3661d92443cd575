import type { ListSnapshot } from '../catalog/list-snapshot.ts';
import type { Source } from '../loading/plan.ts';
import type { Recall } from '../loading/recall.ts';
import type { Provenance, ReportStatsRecord } from '../mode/records.ts';
import { madeOnce } from '../loading/made-once.ts';
import { matchingPlaces } from './connection/matching-places.ts';
import { nameOfOrdering, placesInOrder, type Named } from './connection/ordered-rows.ts';
import type { RowOrder, PageCutter } from './connection/paginate.ts';
import type { ForeseenFilter } from './filters/filter-kind.ts';

/** Rows that a page will show. */
export interface ForeseenPage<Row> {
  readonly rows: readonly Row[];
  /** Nothing in the filter or the order was beyond what the catalog knows of the rows. */
  readonly isCertain: boolean;
}

/** The same array for the same rows and statistics, so that orders of it are kept. */
export type AddStats<Row> = (rows: readonly Row[], stats: ListSnapshot<ReportStatsRecord>) => readonly Row[];

export type ListRow = Named & { readonly provenance: Provenance };

export interface PageForeseen<Row> {
  /** As the catalog remembers them. */
  readonly rows: readonly Row[];
  readonly order: RowOrder<Row>;
  readonly page: PageCutter<Row>;
  /** What each condition of the filter can be answered from. */
  readonly needed: readonly (readonly Source[])[];
  readonly recall: Recall;
  filter(told: ReadonlySet<Source>, rows: readonly Row[]): ForeseenFilter<Row>;
  /** Adds what statistics say. */
  readonly withStats: AddStats<Row> | undefined;
  /** Names the filter, if the rows alone decide who passes it. */
  readonly filterName: string | undefined;
}

/** The page a list will show, by what the catalog remembers of its rows. Reads nothing. */
export function foreseePage<Row extends ListRow>(foreseen: PageForeseen<Row>): ForeseenPage<Row> {
  const { order, page, filterName } = foreseen;
  const { rows, told } = toldOf(foreseen);
  const { test, isCertain } = foreseen.filter(told, rows);
  const isOrderTold = order.sources.some((source) => told.has(source));
  // What is certain is what the list itself will select, and find kept under the same name.
  const name = isCertain && filterName !== undefined ? `${nameOfOrdering(order)} ${filterName}` : undefined;
  const places = matchingPlaces(rows, placesInOrder(rows, order), test, name);
  // Which of them come first, nobody can tell where the order is not told: these are as good as any.
  return { rows: page.cut(rows, places).rows, isCertain: isCertain && (isOrderTold || page.showsAll(places.length)) };
}

/** Whose facts are in the rows; those of statistics are added where they are needed and known. */
function toldOf<Row extends ListRow>({
  rows,
  order,
  needed,
  recall,
  withStats,
}: PageForeseen<Row>): { readonly rows: readonly Row[]; readonly told: ReadonlySet<Source> } {
  const told = sourcesOf(rows);
  const asked = [order.sources, ...needed];
  const lacksStats = asked.some((sources) => sources.includes('STATS') && !sources.some((source) => told.has(source)));
  const stats = lacksStats ? recall.hint('stats') : undefined;
  if (!stats || !withStats) return { rows, told };
  return { rows: withStats(rows, stats), told: new Set([...told, 'STATS']) };
}

const sourcesOf = madeOnce(
  (rows: readonly ListRow[]): ReadonlySet<Source> => new Set<Source>(rows.map(({ provenance }) => provenance.source)),
);
