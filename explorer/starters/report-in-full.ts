import type { Starter } from './starter.ts';

export const reportInFull: Starter = {
  title: 'One report in full',
  variables: { search: null },
  query: `# One report in full: the one viewed last, of all or
# of those with "search" in their name.
#
# REST alone knows some of it, so this makes calls:
# the time line in "Upstream" shows them.
query ReportInFull($search: String) {
  workspace {
    reports(
      first: 1
      filter: { search: $search }
      orderBy: { field: LAST_VIEWED_AT, direction: DESC }
    ) {
      nodes {
        # By these it can be asked for again.
        id
        token
        name
        description
        webUrl
        archived
        lastViewedAt
        runsCount
        creator {
          name
          email
        }
        collection {
          name
        }
        lastRun {
          state
          completedAt
        }
        queries {
          nodes {
            name
            sql
            updatedAt
            dataSource {
              name
              vendor
            }
            charts {
              nodes {
                title
                type
                createdAt
              }
            }
          }
        }
        provenance {
          source
          asOf
        }
      }
    }
  }
}
`,
};
