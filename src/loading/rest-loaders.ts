/** REST's half of loading: every thing read once in an operation, and lists that fill the single loaders. */
import type { CallContext } from '../mode/call-context.ts';
import type {
  ChartRecord,
  CollectionRecord,
  DataSourceRecord,
  MemberRecord,
  ReportQueryRecord,
  ReportRecord,
  ReportRunRecord,
  WorkspaceRecord,
} from '../mode/records.ts';
import type { ChartAddress, QueryAddress, RestClient, RunAddress } from '../mode/rest-client.ts';
import { KeyedReads } from './keyed-reads.ts';
import { once } from './made-once.ts';
import { andThen, type MaybePromise } from './maybe-promise.ts';

/** Null means hidden, deleted or never there; it is an answer, not an error. */
export interface RestLoaders {
  workspace(): Promise<WorkspaceRecord>;
  collections(): MaybePromise<readonly CollectionRecord[]>;
  collection(token: string): Promise<CollectionRecord | null>;
  /** Walks every collection; REST has no list of a workspace's reports. */
  allReports(): Promise<readonly ReportRecord[]>;
  reportsOf(collection: string): Promise<readonly ReportRecord[] | null>;
  report(token: string): Promise<ReportRecord | null>;
  queriesOf(report: string): Promise<readonly ReportQueryRecord[] | null>;
  /** The report's own count says 0: asking costs no call. */
  knownWithoutQueries(report: string): boolean;
  knownWithoutCharts(report: string): boolean;
  query(address: QueryAddress): Promise<ReportQueryRecord | null>;
  chartsOf(address: QueryAddress): Promise<readonly ChartRecord[] | null>;
  chart(address: ChartAddress): Promise<ChartRecord | null>;
  dataSources(): Promise<readonly DataSourceRecord[]>;
  members(): Promise<readonly MemberRecord[]>;
  run(address: RunAddress): Promise<ReportRunRecord | null>;
}

export interface RestLoaderOptions {
  readonly rest: RestClient;
  readonly call: CallContext;
  /** Whether the operation selects a report's layout, which is too heavy to keep on the off-chance. */
  readonly keepLayout: boolean;
  /**
   * Asked once it is known how many collections a walk over all of them has, and how many are still to be read; each of
   * those takes one call or more.
   *
   * @throws {OperationTooCostlyError} when that can never be done in time: nothing is to be spent on its beginning
   */
  ensureTimeToWalk(collections: number, unread: number): void;
  /** Every collection there is. */
  listCollections(): MaybePromise<readonly CollectionRecord[]>;
}

export function createRestLoaders({
  rest,
  call,
  keepLayout,
  ensureTimeToWalk,
  listCollections,
}: RestLoaderOptions): RestLoaders {
  const reading = { keepLayout };
  /** Reports this operation has met, for their counts: a list known to be empty costs no call. */
  const met = new Map<string, ReportRecord>();
  const meet = (report: ReportRecord | null): void => {
    if (report) met.set(report.token, report);
  };

  const collection = new KeyedReads((token: string) => rest.readCollection(token, call), String);
  const report = new KeyedReads(async (token: string) => {
    const record = await rest.readReport(token, reading, call);
    meet(record);
    return record;
  }, String);
  const query = new KeyedReads((address: QueryAddress) => rest.readReportQuery(address, call), queryKey);
  const chart = new KeyedReads((address: ChartAddress) => rest.readChart(address, call), chartKey);
  const run = new KeyedReads(
    (address: RunAddress) => rest.readReportRun(address, call),
    (address) => `${address.report}/${address.run}`,
  );

  const collections = once(() =>
    andThen(listCollections(), (rows) => {
      for (const row of rows) collection.prime(row.token, row);
      return rows;
    }),
  );
  const reportsOf = new KeyedReads(async (token: string) => {
    const rows = await rest.listReports(token, reading, call);
    for (const row of rows ?? []) {
      meet(row);
      report.prime(row.token, row);
    }
    return rows;
  }, String);
  const queriesOf = new KeyedReads(async (token: string) => {
    if (met.get(token)?.queryCount === 0) return [];
    const rows = await rest.listReportQueries(token, call);
    for (const row of rows ?? []) query.prime({ report: row.reportToken, query: row.token }, row);
    return rows;
  }, String);
  const chartsOf = new KeyedReads(async (address: QueryAddress) => {
    if (met.get(address.report)?.chartCount === 0) return [];
    const rows = await rest.listCharts(address, call);
    for (const row of rows ?? []) {
      chart.prime({ report: row.reportToken, query: row.queryToken, chart: row.token }, row);
    }
    return rows;
  }, queryKey);

  return {
    workspace: once(() => rest.readWorkspace(call)),
    collections,
    collection: (token) => collection.load(token),
    allReports: once(async () => {
      const all = await collections();
      ensureTimeToWalk(all.length, all.filter((row) => !reportsOf.has(row.token)).length);
      const lists = await Promise.all(all.map((row) => reportsOf.load(row.token)));
      // A report that was moved while we walked may stand in two lists.
      const rows = new Map<string, ReportRecord>();
      for (const list of lists) for (const row of list ?? []) rows.set(row.token, row);
      return [...rows.values()];
    }),
    reportsOf: (token) => reportsOf.load(token),
    report: (token) => report.load(token),
    queriesOf: (token) => queriesOf.load(token),
    knownWithoutQueries: (token) => met.get(token)?.queryCount === 0,
    knownWithoutCharts: (token) => met.get(token)?.chartCount === 0,
    query: (address) => query.load(address),
    chartsOf: (address) => chartsOf.load(address),
    chart: (address) => chart.load(address),
    dataSources: once(() => rest.listDataSources(call)),
    members: once(() => rest.listMembers(call)),
    run: (address) => run.load(address),
  };
}

function queryKey(address: QueryAddress): string {
  return `${address.report}/${address.query}`;
}

function chartKey(address: ChartAddress): string {
  return `${queryKey(address)}/${address.chart}`;
}
