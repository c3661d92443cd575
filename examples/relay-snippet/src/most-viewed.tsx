import { graphql, useLazyLoadQuery, usePaginationFragment } from 'react-relay';
import type { mostViewed_workspace$key } from './__generated__/mostViewed_workspace.graphql.ts';
import type { mostViewedPageQuery } from './__generated__/mostViewedPageQuery.graphql.ts';
import type { mostViewedQuery } from './__generated__/mostViewedQuery.graphql.ts';

/** The reports viewed most, twenty at a time. */
export function MostViewed() {
  const { workspace } = useLazyLoadQuery<mostViewedQuery>(
    graphql`
      query mostViewedQuery {
        workspace {
          name
          ...mostViewed_workspace
        }
      }
    `,
    {},
  );
  if (!workspace) return <p>The gateway’s API key sees no workspace.</p>;
  return (
    <>
      <h1>Viewed most in {workspace.name}</h1>
      <Reports workspace={workspace} />
    </>
  );
}

function Reports({ workspace }: { readonly workspace: mostViewed_workspace$key }) {
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<
    mostViewedPageQuery,
    mostViewed_workspace$key
  >(
    graphql`
      fragment mostViewed_workspace on Workspace
      @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" })
      @refetchable(queryName: "mostViewedPageQuery") {
        reports(first: $count, after: $cursor, orderBy: { field: VIEW_COUNT, direction: DESC })
          @connection(key: "mostViewed_reports") {
          edges {
            node {
              id
              name
              webUrl
              viewCount
            }
          }
        }
      }
    `,
    workspace,
  );
  return (
    <>
      <ol>
        {data.reports?.edges.map(({ node }) => (
          <li key={node.id}>
            <a href={node.webUrl}>{node.name ?? 'Untitled'}</a>, {node.viewCount} views
          </li>
        ))}
      </ol>
      {hasNext && (
        <button type="button" disabled={isLoadingNext} onClick={() => loadNext(20)}>
          More
        </button>
      )}
    </>
  );
}
