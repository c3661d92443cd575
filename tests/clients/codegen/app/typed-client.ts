/**
 * A client as somebody would write it on the generated documents, with graphql-request. codegen.test.ts copies it beside
 * them, has the compiler check it, and runs it.
 */
import { GraphQLClient } from 'graphql-request';
import { AgainDocument, FindReportsDocument, ReportInFullDocument, type ReportOrder } from './generated/graphql';

export interface Summary {
  readonly name: string | null;
  readonly queries: readonly string[];
}

/** What is known of a report: read by token, then again by id. */
export async function summarise(endpoint: string, token: string): Promise<Summary | undefined> {
  const client = new GraphQLClient(endpoint);
  const { report } = await client.request(ReportInFullDocument, { token });
  if (!report) return undefined;
  const { node } = await client.request(AgainDocument, { id: report.id });
  if (node?.__typename !== 'Report') return undefined;
  return { name: node.name, queries: report.queries?.edges.map((edge) => edge.node.token) ?? [] };
}

export async function mostViewed(endpoint: string): Promise<readonly number[]> {
  const orderBy: ReportOrder = { field: 'VIEW_COUNT', direction: 'DESC' };
  const client = new GraphQLClient(endpoint);
  const { workspace } = await client.request(FindReportsDocument, { filter: { archived: false }, orderBy });
  return workspace?.reports?.nodes.map(({ viewCount }) => viewCount ?? 0) ?? [];
}
