import * as z from 'zod';
import type { Provenance, ReportQueryRecord } from '../records.ts';
import { lastSegment, links, tokenAfter } from './links.ts';
import { maybeCount, maybeId, maybeText, maybeTime, maybeToken, token } from './scalars.ts';

/** A query of a report, alone or as a row. It names its report in its links only. */
export const reportQueryPayload = z.object({
  token,
  state: maybeText,
  id: maybeId,
  name: maybeText,
  raw_query: maybeText,
  created_at: maybeTime,
  updated_at: maybeTime,
  last_run_id: maybeId,
  data_source_id: maybeId,
  explorations_count: maybeCount,
  report_imports_count: maybeCount,
  dbt_metric_id: maybeId,
  dbt_metric_token: maybeToken,
  _links: links,
});

/** @param askedReport the report whose path was asked: right when the links are silent, else theirs is */
export function toReportQuery(
  row: z.output<typeof reportQueryPayload>,
  askedReport: string,
  provenance: Provenance,
): ReportQueryRecord {
  return {
    kind: 'ReportQuery',
    token: row.token,
    reportToken: tokenAfter(row._links, ['report', 'self'], ['reports', 'datasets']) ?? askedReport,
    modeId: row.id,
    name: row.name,
    sql: row.raw_query,
    collectionToken: null,
    creatorUsername: lastSegment(row._links, 'creator'),
    creatorEmail: null,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastRunId: row.last_run_id,
    dataSourceId: row.data_source_id,
    dataSourceToken: null,
    explorationsCount: row.explorations_count,
    reportImportsCount: row.report_imports_count,
    dbtMetricId: row.dbt_metric_id,
    dbtMetricToken: row.dbt_metric_token,
    provenance,
  };
}
