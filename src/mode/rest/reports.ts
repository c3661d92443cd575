import { walk } from '../paging.ts';
import { reportPayload, toReport } from '../payloads/report.ts';
import type { ReportRecord } from '../records.ts';
import type { CallContext } from '../call-context.ts';
import { isDeleted, NOT_THERE, path, readOne, readPage, type RestScope } from './endpoint.ts';

export interface ReportReading {
  /** Whether to keep the layout, HTML of some kilobytes that few questions want. */
  readonly keepLayout: boolean;
}

/**
 * The reports of a collection, archived ones and datasets included: `GET /spaces/{space}/reports`, 30 a
 * page, without counters, so the last call is the one that finds an empty page. The documented
 * `filter` and `order` have no effect and are not sent. Null when the collection is not there.
 */
export async function listReports(
  scope: RestScope,
  collection: string,
  reading: ReportReading,
  context: CallContext,
): Promise<ReportRecord[] | null> {
  const rows = await walk((number) =>
    readPage(
      scope,
      {
        endpoint: '/spaces/{space}/reports',
        path: path`/spaces/${collection}/reports`,
        search: { page: String(number) },
        key: 'reports',
        missing: NOT_THERE,
      },
      reportPayload,
      (row, provenance) => toReport(row, provenance, reading.keepLayout),
      context,
    ),
  );
  // A row that does not say where it is, is where it was found.
  return rows?.map((row) => (row.collectionToken === null ? { ...row, collectionToken: collection } : row)) ?? null;
}

/** `GET /reports/{report}`; the same representation as a row of the list. Null when hidden or deleted. */
export async function readReport(
  scope: RestScope,
  token: string,
  reading: ReportReading,
  context: CallContext,
): Promise<ReportRecord | null> {
  const read = await readOne(
    scope,
    { endpoint: '/reports/{report}', path: path`/reports/${token}`, missing: NOT_THERE },
    reportPayload,
    context,
  );
  if (!read || isDeleted(read.payload)) return null;
  return toReport(read.payload, read.provenance, reading.keepLayout);
}
