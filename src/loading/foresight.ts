import type { ListSnapshot } from '../catalog/list-snapshot.ts';
import type { CollectionRecord } from '../mode/records.ts';
import type { DiscoveryAccess } from './discovery-access.ts';
import { ForeseenReads } from './foreseen-reads.ts';
import { childrenOf, knownSizes, USUAL, type Average, type KnownSizes } from './known-sizes.ts';
import { restCollectionCalls, restWalkCalls } from './rest-costs.ts';

export type View = Pick<DiscoveryAccess, 'readings' | 'hint' | 'held' | 'live' | 'available'>;

const COLLECTIONS_UNCOUNTED = 100;
const REPORTS_UNCOUNTED = 4_000;
export const QUERIES_UNCOUNTED = 3;

/**
 * What reading from REST will come to, in calls, by what the catalog remembers: each list as long as it was when it
 * was last read, each thing read once. Each of its methods takes the calls for made.
 */
export class Foresight {
  readonly view: View;
  readonly sizes: KnownSizes;
  readonly reads = new ForeseenReads();
  readonly #brought = new Set<string>();

  constructor(view: View) {
    this.view = view;
    this.sizes = knownSizes(view);
  }

  /** The rows at a place come from REST, and with them what these loaders would read of what is there. */
  bring(loaders: readonly string[], place: string): void {
    for (const loader of loaders) this.#brought.add(`${loader} ${place}`);
  }

  isBrought(loader: string, place: string): boolean {
    return this.#brought.has(`${loader} ${place}`);
  }

  /** Every collection there is, as far as somebody has listed them. */
  get collections(): ListSnapshot<CollectionRecord> | undefined {
    return this.view.hint('allCollections') ?? this.view.hint('collections');
  }

  /** Whether REST's list of collections costs nothing any more. */
  get hasCollections(): boolean {
    return this.view.held('allCollections') !== undefined || this.reads.has('list allCollections');
  }

  listCollections(): number {
    if (this.hasCollections) return 0;
    return this.reads.once('list allCollections', restCollectionCalls(this.sizes.collections));
  }

  collection(token: string): number {
    return this.reads.has('list allCollections') ? 0 : this.reads.once(`collection ${token}`);
  }

  /** How many reports a collection of which nothing more is known has. */
  get reportsEach(): Average {
    return childrenOf('collections', 'reports', this.sizes) ?? { each: 0, isGuess: true };
  }

  walkReports(collection: string): number {
    const reports = this.view.hint('reports');
    const rows = reports?.byParent.get(collection) ?? [];
    const size = reports ? rows.length : Math.ceil(this.reportsEach.each);
    const calls = this.reads.once(`reportsOf ${collection}`, restWalkCalls(size));
    if (calls > 0) for (const { token } of rows) this.reads.prime(`report ${token}`);
    return calls;
  }

  /** Every collection's reports. */
  walkEverything(): number {
    const { collections } = this;
    if (!collections || !this.view.hint('reports')) return this.reads.once('allReports', this.everyReport);
    return this.listCollections() + sum(collections.rows.map(({ token }) => this.walkReports(token)));
  }

  /** What walking over every collection's reports takes, were nothing read before. */
  get everyReport(): number {
    const { collections } = this;
    const reports = this.view.hint('reports');
    if (collections && reports) {
      const walks = collections.rows.map(({ token }) => restWalkCalls(reports.byParent.get(token)?.length ?? 0));
      return restCollectionCalls(collections.rows.length) + sum(walks);
    }
    const count = this.sizes.collections ?? COLLECTIONS_UNCOUNTED;
    const each = count === 0 ? 0 : (this.sizes.reports ?? count * 30) / count;
    return restCollectionCalls(count) + count * restWalkCalls(each);
  }

  get reportsInAll(): number {
    return this.sizes.reports ?? REPORTS_UNCOUNTED;
  }

  /** The queries of a report: no call when the report, which REST has told of, says that it has none. */
  readQueries(report: string): number {
    const queries = this.view.hint('queries');
    const rows = queries?.byParent.get(report) ?? [];
    if (queries && rows.length === 0 && this.reads.has(`report ${report}`)) return 0;
    const calls = this.reads.once(`queriesOf ${report}`);
    if (calls > 0) for (const { token } of rows) this.reads.prime(`query ${token}`);
    return calls;
  }

  readCharts(report: string, query: string): number {
    if (this.#isWithoutCharts(report) && this.reads.has(`report ${report}`)) return 0;
    const rows = this.view.hint('charts')?.byParent.get(query) ?? [];
    const calls = this.reads.once(`chartsOf ${query}`);
    if (calls > 0) for (const { token } of rows) this.reads.prime(`chart ${token}`);
    return calls;
  }

  /** All that is below a report: REST has no other list of a report's charts. */
  readAllCharts(report: string): number {
    const queries = this.view.hint('queries');
    const own = this.readQueries(report);
    if (!queries) return own + this.reads.once(`charts below ${report}`, this.queriesEach);
    return own + sum((queries.byParent.get(report) ?? []).map(({ token }) => this.readCharts(report, token)));
  }

  get queriesEach(): number {
    return Math.ceil(childrenOf('reports', 'queries', this.sizes, USUAL)?.each ?? QUERIES_UNCOUNTED);
  }

  #isWithoutCharts(report: string): boolean {
    const queries = this.view.hint('queries')?.byParent;
    const charts = this.view.hint('charts')?.byParent;
    if (!queries || !charts) return false;
    return (queries.get(report) ?? []).every(({ token }) => !charts.has(token));
  }
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
