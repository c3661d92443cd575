import { reportQueryPayload, toReportQuery } from '../payloads/report-query.ts';
import type { ReportQueryRecord } from '../records.ts';
import type { CallContext } from '../call-context.ts';
import { isDeleted, NOT_THERE, path, readOne, readPage, type RestScope } from './endpoint.ts';

export interface QueryAddress {
  readonly report: string;
  readonly query: string;
}

/** All queries of a report in one answer: `GET /reports/{report}/queries` ignores `page`. Null when the report is not there. */
export async function listReportQueries(
  scope: RestScope,
  report: string,
  context: CallContext,
): Promise<ReportQueryRecord[] | null> {
  const page = await readPage(
    scope,
    {
      endpoint: '/reports/{report}/queries',
      path: path`/reports/${report}/queries`,
      key: 'queries',
      missing: NOT_THERE,
    },
    reportQueryPayload,
    (row, provenance) => toReportQuery(row, report, provenance),
    context,
  );
  return page ? [...page.rows] : null;
}

/**
 * `GET /reports/{report}/queries/{query}`. Null when hidden or deleted, and when the query belongs to
 * another report: Mode looks at the query's token alone and would answer for any report in the path.
 */
export async function readReportQuery(
  scope: RestScope,
  { report, query }: QueryAddress,
  context: CallContext,
): Promise<ReportQueryRecord | null> {
  const read = await readOne(
    scope,
    {
      endpoint: '/reports/{report}/queries/{query}',
      path: path`/reports/${report}/queries/${query}`,
      missing: NOT_THERE,
    },
    reportQueryPayload,
    context,
  );
  if (!read || isDeleted(read.payload)) return null;
  const record = toReportQuery(read.payload, report, read.provenance);
  return record.reportToken === report ? record : null;
}
