/** What a script does: one call after the other, each awaited. It shares the gateway's client and throttle. */
import type { CallContext } from '../../src/mode/call-context.ts';
import type { RestClient } from '../../src/mode/rest-client.ts';
import { collectionsOf, reportsOf, type FirstAnswer, type FirstQuestion } from './first-question.ts';

export async function crawlSequentially(rest: RestClient, question: FirstQuestion): Promise<FirstAnswer> {
  const context: CallContext = {};
  await rest.readWorkspace(context);
  const collections = collectionsOf(await rest.listCollections(context), question);
  const totals = { reports: 0, queries: 0, charts: 0 };
  for (const { token } of collections) {
    const found = await rest.listReports(token, { keepLayout: false }, context);
    for (const report of reportsOf(found ?? [], question)) {
      totals.reports += 1;
      for (const query of (await rest.listReportQueries(report.token, context)) ?? []) {
        totals.queries += 1;
        const charts = await rest.listCharts({ report: report.token, query: query.token }, context);
        totals.charts += charts?.length ?? 0;
      }
    }
  }
  return { collections: collections.length, ...totals };
}
