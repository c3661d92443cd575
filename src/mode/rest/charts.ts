import { chartPayload, toChart } from '../payloads/chart.ts';
import type { ChartRecord } from '../records.ts';
import type { CallContext } from '../call-context.ts';
import { isDeleted, NOT_THERE, path, readOne, readPage, type RestScope } from './endpoint.ts';
import type { QueryAddress } from './report-queries.ts';

export interface ChartAddress extends QueryAddress {
  readonly chart: string;
}

/** All charts of a query in one answer: `GET /reports/{report}/queries/{query}/charts` ignores `page`. */
export async function listCharts(
  scope: RestScope,
  { report, query }: QueryAddress,
  context: CallContext,
): Promise<ChartRecord[] | null> {
  const page = await readPage(
    scope,
    {
      endpoint: '/reports/{report}/queries/{query}/charts',
      path: path`/reports/${report}/queries/${query}/charts`,
      key: 'charts',
      missing: NOT_THERE,
    },
    chartPayload,
    (row, provenance) => toChart(row, { report, query }, provenance),
    context,
  );
  return page ? [...page.rows] : null;
}

/** `GET /reports/{report}/queries/{query}/charts/{chart}`. Null when hidden, deleted, or of other parents. */
export async function readChart(
  scope: RestScope,
  { report, query, chart }: ChartAddress,
  context: CallContext,
): Promise<ChartRecord | null> {
  const read = await readOne(
    scope,
    {
      endpoint: '/reports/{report}/queries/{query}/charts/{chart}',
      path: path`/reports/${report}/queries/${query}/charts/${chart}`,
      missing: NOT_THERE,
    },
    chartPayload,
    context,
  );
  if (!read || isDeleted(read.payload)) return null;
  const record = toChart(read.payload, { report, query }, read.provenance);
  return record.reportToken === report && record.queryToken === query ? record : null;
}
