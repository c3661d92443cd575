/**
 * What one writes first: a loader for each level, and a call to REST for each parent. It is here to be
 * measured against. It shares the gateway's client and throttle, so it is never refused and repeats nothing.
 */
import DataLoader from 'dataloader';
import type { CallContext } from '../../src/mode/call-context.ts';
import type { ChartRecord, CollectionRecord, ReportQueryRecord, ReportRecord } from '../../src/mode/records.ts';
import type { QueryAddress, RestClient } from '../../src/mode/rest-client.ts';
import { collectionsOf, reportsOf, type FirstAnswer, type FirstQuestion } from './first-question.ts';

/** Workspace -> collections -> reports -> queries -> charts. */
export async function askLoaderPerLevel(rest: RestClient, question: FirstQuestion): Promise<FirstAnswer> {
  const context: CallContext = {};
  const reportsIn = loader<string, ReportRecord>((token) => rest.listReports(token, { keepLayout: false }, context));
  const queriesOf = loader<string, ReportQueryRecord>((token) => rest.listReportQueries(token, context));
  const chartsOf = loader<QueryAddress, ChartRecord>((address) => rest.listCharts(address, context));

  const [, all] = await Promise.all([rest.readWorkspace(context), rest.listCollections(context)]);
  const collections = collectionsOf(all, question);
  const totals = { reports: 0, queries: 0, charts: 0 };
  const readReport = async (report: ReportRecord): Promise<void> => {
    const queries = await queriesOf.load(report.token);
    totals.queries += queries.length;
    const charts = await Promise.all(queries.map(({ token }) => chartsOf.load({ report: report.token, query: token })));
    totals.charts += charts.flat().length;
  };
  const readCollection = async ({ token }: CollectionRecord): Promise<void> => {
    const reports = reportsOf(await reportsIn.load(token), question);
    totals.reports += reports.length;
    await Promise.all(reports.map(readReport));
  };
  await Promise.all(collections.map(readCollection));
  return { collections: collections.length, ...totals };
}

function loader<Key, Row>(read: (key: Key) => Promise<readonly Row[] | null>): DataLoader<Key, readonly Row[]> {
  return new DataLoader((keys) => Promise.all(keys.map(async (key) => (await read(key)) ?? [])));
}
