import { graphql, useLazyLoadQuery, usePaginationFragment } from 'react-relay';
import type { collectionsScreen_workspace$key } from './__generated__/collectionsScreen_workspace.graphql';
import type { collectionsScreenPaginationQuery } from './__generated__/collectionsScreenPaginationQuery.graphql';
import type { collectionsScreenQuery } from './__generated__/collectionsScreenQuery.graphql';
import { Pager } from './pager';

/** The collections of the workspace, page after page. */
export function CollectionsScreen(props: { readonly size: number }) {
  const { workspace } = useLazyLoadQuery<collectionsScreenQuery>(
    graphql`
      query collectionsScreenQuery($count: Int!) {
        workspace {
          ...collectionsScreen_workspace @arguments(count: $count)
        }
      }
    `,
    { count: props.size },
  );
  return workspace ? <CollectionList workspace={workspace} size={props.size} /> : <p>No workspace</p>;
}

function CollectionList(props: { readonly workspace: collectionsScreen_workspace$key; readonly size: number }) {
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<
    collectionsScreenPaginationQuery,
    collectionsScreen_workspace$key
  >(
    graphql`
      fragment collectionsScreen_workspace on Workspace
      @refetchable(queryName: "collectionsScreenPaginationQuery")
      @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
        collections(first: $count, after: $cursor) @connection(key: "collectionsScreen_collections") {
          totalCount
          edges {
            node {
              id
              token
              name
              creator {
                name
              }
            }
          }
        }
      }
    `,
    props.workspace,
  );
  return (
    <main>
      {data.collections?.edges.map(({ node }) => (
        <article key={node.id} data-token={node.token}>
          <h2>{node.name ?? 'Without a name'}</h2>
        </article>
      ))}
      <Pager
        total={data.collections?.totalCount ?? 0}
        busy={isLoadingNext}
        onNext={hasNext ? () => loadNext(props.size) : undefined}
        onPrevious={undefined}
      />
    </main>
  );
}
