import * as z from 'zod';
import type { Provenance, ReportRunRecord } from '../records.ts';
import { maybeFlag, maybeText, maybeTime, token } from './scalars.ts';

/** One run of a report. The `is_latest_*` flags are booleans, though the specification says strings. */
export const reportRunPayload = z.object({
  token,
  state: maybeText,
  created_at: maybeTime,
  updated_at: maybeTime,
  completed_at: maybeTime,
  python_state: maybeText,
  is_latest_report_run: maybeFlag,
  is_latest_successful_report_run: maybeFlag,
});

export function toReportRun(
  row: z.output<typeof reportRunPayload>,
  reportToken: string,
  provenance: Provenance,
): ReportRunRecord {
  return {
    kind: 'ReportRun',
    token: row.token,
    reportToken,
    state: row.state,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    completedAt: row.completed_at,
    // Mode says "none" in words when a report has no notebook.
    pythonState: row.python_state === 'none' ? null : row.python_state,
    isLatest: row.is_latest_report_run,
    isLatestSuccessful: row.is_latest_successful_report_run,
    provenance,
  };
}
