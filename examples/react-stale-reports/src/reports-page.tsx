import { useCallback } from 'react';
import { useQuery } from 'urql';
import { graphql } from './generated/index.ts';
import { InView } from './in-view.tsx';
import { ReportRow } from './report-row.tsx';
import { TroubleNotice } from './trouble-notice.tsx';

const StaleReportsQuery = graphql(`
  query StaleReports($before: DateTime!, $search: String, $after: String) {
    workspace {
      reports(
        first: 50
        after: $after
        filter: {
          search: $search
          or: [{ lastViewedAt: { before: $before } }, { neverViewed: true, createdAt: { before: $before } }]
        }
        orderBy: { field: LAST_VIEWED_AT, direction: ASC }
      ) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          ...ReportRow
        }
      }
    }
  }
`);

export interface Wanted {
  /** Reports that nobody has viewed since, ISO 8601. */
  readonly before: string;
  /** Text in name or description; null for any. */
  readonly search: string | null;
}

interface Props {
  readonly wanted: Wanted;
  /** Cursor of the row before its first; null for the first page. */
  readonly after: string | null;
  readonly isLast: boolean;
  readonly onMore: (after: string) => void;
}

/** One page, with a question of its own: one that fails is asked again without the others. */
export function ReportsPage({ wanted, after, isLast, onMore }: Props) {
  const [{ data, error, fetching }, ask] = useQuery({ query: StaleReportsQuery, variables: { ...wanted, after } });
  const retry = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const reports = data?.workspace?.reports;
  const { hasNextPage = false, endCursor } = reports?.pageInfo ?? {};
  const more = useCallback(() => {
    if (typeof endCursor === 'string') onMore(endCursor);
  }, [endCursor, onMore]);
  return (
    <>
      {after === null && reports && (
        <p className="count">
          {reports.totalCount === 0
            ? 'No such reports: all of them are looked at, or none has these words.'
            : `${reports.totalCount} ${reports.totalCount === 1 ? 'report' : 'reports'}`}
        </p>
      )}
      {fetching && <p aria-busy="true">Loading …</p>}
      {error && !fetching && <TroubleNotice error={error} onRetry={retry} />}
      {reports && reports.nodes.length > 0 && (
        <ul>
          {reports.nodes.map((report) => (
            <ReportRow key={report.id} report={report} isWhole={!error && !fetching} />
          ))}
        </ul>
      )}
      {isLast && hasNextPage && <InView onSeen={more} />}
      {isLast && reports && !hasNextPage && reports.totalCount > 0 && <p className="end">That was all of them.</p>}
    </>
  );
}
