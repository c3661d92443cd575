/**
 * Prints all scheduled reports as CSV, those first that fewest people look at: schedules nobody needs any more.
 *
 *   GATEWAY_URL=http://127.0.0.1:4000 npm start > scheduled-reports.csv
 */
import { GraphQLClient } from 'graphql-request';
import { patiently } from './patiently.ts';
import { toCsv } from './to-csv.ts';
import { graphql } from './generated/gql.ts';
import type { ScheduledReportsQuery } from './generated/graphql.ts';

const ScheduledReports = graphql(`
  query ScheduledReports($after: String) {
    workspace {
      reports(first: 100, after: $after, filter: { scheduled: true }, orderBy: { field: VIEW_COUNT, direction: ASC }) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          name
          webUrl
          viewCount
          schedulesCount
          lastRunAt
          collection {
            name
          }
          creator {
            name
          }
        }
      }
    }
  }
`);

type Reports = NonNullable<NonNullable<ScheduledReportsQuery['workspace']>['reports']>;
type Report = Reports['nodes'][number];

const key = process.env.GATEWAY_KEY;
const client = new GraphQLClient(`${process.env.GATEWAY_URL ?? 'http://127.0.0.1:4000'}/graphql`, {
  headers: key === undefined ? {} : { 'x-api-key': key },
});

/** Every row once, however many pages there are and whatever is added to the list meanwhile. */
async function* scheduledReports(): AsyncGenerator<Report> {
  for (let after: string | null = null; ;) {
    const { workspace } = await patiently(() => client.request(ScheduledReports, { after }));
    if (!workspace?.reports) throw new Error('The gateway’s API key sees no workspace.');
    const { nodes, pageInfo } = workspace.reports;
    yield* nodes;
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor ?? null;
  }
}

console.log('report,collection,creator,schedules,views,last run,address');
for await (const report of scheduledReports()) {
  const { name, collection, creator, schedulesCount, viewCount, lastRunAt, webUrl } = report;
  console.log(toCsv([name, collection?.name, creator?.name, schedulesCount, viewCount, lastRunAt, webUrl]));
}
