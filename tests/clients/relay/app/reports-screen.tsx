import { graphql, useLazyLoadQuery, usePaginationFragment } from 'react-relay';
import type { reportsScreen_collection$key } from './__generated__/reportsScreen_collection.graphql';
import type { reportsScreenPaginationQuery } from './__generated__/reportsScreenPaginationQuery.graphql';
import type { reportsScreenQuery, reportsScreenQuery$variables } from './__generated__/reportsScreenQuery.graphql';
import { Pager } from './pager';
import { ReportCard } from './report-card';

/** The reports of a collection, from any place of the list on, in both directions. */
export function ReportsScreen(props: { readonly size: number; readonly variables: reportsScreenQuery$variables }) {
  const { collection } = useLazyLoadQuery<reportsScreenQuery>(
    graphql`
      query reportsScreenQuery(
        $token: String!
        $first: Int
        $after: String
        $last: Int
        $before: String
        $filter: ReportFilter
        $orderBy: ReportOrder
      ) {
        collection(token: $token) {
          ...reportsScreen_collection
            @arguments(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy)
        }
      }
    `,
    props.variables,
  );
  return collection ? <ReportList collection={collection} size={props.size} /> : <p>No such collection</p>;
}

function ReportList(props: { readonly collection: reportsScreen_collection$key; readonly size: number }) {
  const { data, hasNext, hasPrevious, isLoadingNext, isLoadingPrevious, loadNext, loadPrevious } =
    usePaginationFragment<reportsScreenPaginationQuery, reportsScreen_collection$key>(
      graphql`
        fragment reportsScreen_collection on Collection
        @refetchable(queryName: "reportsScreenPaginationQuery")
        @argumentDefinitions(
          first: { type: "Int" }
          after: { type: "String" }
          last: { type: "Int" }
          before: { type: "String" }
          filter: { type: "ReportFilter" }
          orderBy: { type: "ReportOrder" }
        ) {
          name
          reports(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy)
            @connection(key: "reportsScreen_reports", filters: ["filter", "orderBy"]) {
            totalCount
            edges {
              node {
                id
                ...reportCard_report
              }
            }
          }
        }
      `,
      props.collection,
    );
  const { size } = props;
  return (
    <main>
      <h1>{data.name}</h1>
      {data.reports?.edges.map(({ node }) => (
        <ReportCard key={node.id} report={node} />
      ))}
      <Pager
        total={data.reports?.totalCount ?? 0}
        busy={isLoadingNext || isLoadingPrevious}
        onNext={hasNext ? () => loadNext(size) : undefined}
        onPrevious={hasPrevious ? () => loadPrevious(size) : undefined}
      />
    </main>
  );
}
