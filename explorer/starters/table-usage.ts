import type { Starter } from './starter.ts';

export const tableUsage: Starter = {
  title: 'What uses this table?',
  variables: { table: 'orders', after: null },
  query: `# Which queries read a table, and which reports
# would notice if it changed?
#
# Name yours in Variables, below. Whole names count:
# orders finds analytics.orders, not reorders.
query TableUsage($table: String!, $after: String) {
  workspace {
    queries(
      first: 20
      after: $after
      filter: { usesIdentifier: $table }
    ) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        name
        dataSource {
          name
        }
        charts {
          totalCount
        }
        report {
          name
          webUrl
          viewCount
          lastViewedAt
          creator {
            name
          }
        }
      }
    }
  }
}
`,
};
