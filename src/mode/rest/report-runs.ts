import { reportRunPayload, toReportRun } from '../payloads/report-run.ts';
import type { ReportRunRecord } from '../records.ts';
import type { CallContext } from '../call-context.ts';
import { NOT_THERE, path, readOne, type RestScope } from './endpoint.ts';

export interface RunAddress {
  readonly report: string;
  readonly run: string;
}

/** `GET /reports/{report}/runs/{run}`. Null when hidden or purged. */
export async function readReportRun(
  scope: RestScope,
  { report, run }: RunAddress,
  context: CallContext,
): Promise<ReportRunRecord | null> {
  const read = await readOne(
    scope,
    { endpoint: '/reports/{report}/runs/{run}', path: path`/reports/${report}/runs/${run}`, missing: NOT_THERE },
    reportRunPayload,
    context,
  );
  return read ? toReportRun(read.payload, report, read.provenance) : null;
}
