import type { Starter } from './starter.ts';

const DAYS = 90;

/** @param now milliseconds since the epoch */
export function unviewedReports(now: number): Starter {
  const then = new Date(now - DAYS * 86_400_000);
  then.setUTCHours(0, 0, 0, 0);
  return {
    title: `Reports nobody has viewed for ${DAYS} days`,
    variables: { before: then.toISOString(), after: null },
    query: `# Reports that nobody has viewed for ${DAYS} days.
#
# Conditions side by side must all hold, and one of
# those in "or". Reports made since are left out:
# nobody has had the time.
#
# To leave out archived ones too, add archived: false,
# and press Explain first: REST alone knows that.
query UnviewedReports(
  $before: DateTime!
  $after: String
) {
  workspace {
    reports(
      first: 20
      after: $after # endCursor of the page before
      filter: {
        createdAt: { before: $before }
        or: [
          { neverViewed: true }
          { lastViewedAt: { before: $before } }
        ]
      }
      orderBy: { field: LAST_VIEWED_AT, direction: ASC }
    ) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        name
        webUrl
        lastViewedAt
        viewCount
        creator {
          name
        }
        collection {
          name
        }
      }
    }
  }
}
`,
  };
}
