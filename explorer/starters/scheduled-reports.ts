import type { Starter } from './starter.ts';

export const scheduledReports: Starter = {
  title: 'Scheduled reports and their views',
  variables: { first: 20, after: null },
  query: `# Which reports run on a schedule, and does anybody
# look at them? The fewest views come first.
query ScheduledReports($first: Int, $after: String) {
  workspace {
    reports(
      first: $first # 100 at most
      after: $after
      filter: { scheduled: true }
      orderBy: { field: VIEW_COUNT, direction: ASC }
    ) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        name
        webUrl
        schedulesCount
        viewCount
        lastViewedAt
        lastRunAt
        lastRunState
        creator {
          name
        }
      }
    }
  }
}
`,
};
