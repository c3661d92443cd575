/**
 * A client as somebody would write it with gql.tada, whose types come from the text of the question. gql-tada.test.ts
 * copies it beside what is generated from the schema, has the compiler check it, and runs it.
 */
import type { ResultOf, TadaDocumentNode, VariablesOf } from 'gql.tada';
import { print } from 'graphql';
import { graphql } from './graphql';

const ReportLine = graphql(`
  fragment ReportLine on Report {
    id
    name
    creator {
      username
    }
  }
`);

const ReportsOf = graphql(
  `
    query ReportsOf($username: String!, $first: Int) {
      member(username: $username) {
        reports(first: $first, orderBy: { field: NAME }) {
          totalCount
          nodes {
            ...ReportLine
          }
        }
      }
    }
  `,
  [ReportLine],
);

const ById = graphql(
  `
    query ById($id: ID!) {
      node(id: $id) {
        __typename
        ...ReportLine
      }
    }
  `,
  [ReportLine],
);

async function ask<Data, Variables>(
  endpoint: string,
  document: TadaDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const answer = (await response.json()) as { data?: Data; errors?: { message: string }[] };
  if (!answer.data || answer.errors) throw new Error(JSON.stringify(answer));
  return answer.data;
}

export interface Work {
  readonly total: number;
  readonly names: readonly (string | null)[];
}

/** What a member made. */
export async function workOf(endpoint: string, variables: VariablesOf<typeof ReportsOf>): Promise<Work | undefined> {
  const { member }: ResultOf<typeof ReportsOf> = await ask(endpoint, ReportsOf, variables);
  if (!member?.reports) return undefined;
  const { totalCount, nodes } = member.reports;
  return { total: totalCount, names: nodes.map((report) => report.name) };
}

/** Who made the first of a member's reports, read again by its id. */
export async function makerOfTheFirst(endpoint: string, username: string): Promise<string | undefined> {
  const { member } = await ask(endpoint, ReportsOf, { username, first: 1 });
  const [first] = member?.reports?.nodes ?? [];
  if (!first) return undefined;
  const { node } = await ask(endpoint, ById, { id: first.id });
  return node?.__typename === 'Report' ? node.creator?.username : undefined;
}
