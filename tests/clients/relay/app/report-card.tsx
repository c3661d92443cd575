import { graphql, useRefetchableFragment } from 'react-relay';
import type { reportCard_report$key } from './__generated__/reportCard_report.graphql';
import type { reportCardRefetchQuery } from './__generated__/reportCardRefetchQuery.graphql';

/** A report, and a button that reads it again: `node(id:)`. */
export function ReportCard(props: { readonly report: reportCard_report$key }) {
  const [report, refetch] = useRefetchableFragment<reportCardRefetchQuery, reportCard_report$key>(
    graphql`
      fragment reportCard_report on Report @refetchable(queryName: "reportCardRefetchQuery") {
        id
        token
        name
        creator {
          id
          username
        }
      }
    `,
    props.report,
  );
  return (
    <article data-token={report.token}>
      <h2>{report.name ?? 'Without a name'}</h2>
      <p>by {report.creator?.username}</p>
      <button onClick={() => refetch({}, { fetchPolicy: 'network-only' })}>Read again</button>
    </article>
  );
}
