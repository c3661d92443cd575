import { ApolloClient, gql, HttpLink, InMemoryCache, type TypedDocumentNode } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import type { SimCollection, SimReport } from '../../src/simulator/index.ts';
import { startGatewayOnSimulator, type GatewayOnSimulator } from './gateway-on-simulator.ts';

interface ReportRow {
  readonly __typename: string;
  readonly id: string;
  readonly token: string;
  readonly name: string | null;
}

interface ReportsData {
  readonly collection: {
    readonly id: string;
    readonly reports: { readonly edges: readonly { readonly node: ReportRow }[] };
  };
}

const REPORTS: TypedDocumentNode<ReportsData, { readonly token: string; readonly first?: number }> = gql`
  query Reports($token: String!, $first: Int) {
    collection(token: $token) {
      id
      reports(first: $first, filter: { archived: false }, orderBy: { field: NAME }) {
        edges {
          node {
            id
            token
            name
          }
        }
      }
    }
  }
`;

interface InFullData {
  readonly report: {
    readonly id: string;
    readonly queries: { readonly nodes: readonly { readonly id: string; readonly sql: string }[] };
  };
}

const REPORT_IN_FULL: TypedDocumentNode<InFullData, { readonly token: string }> = gql`
  query ReportInFull($token: String!) {
    report(token: $token) {
      id
      creator {
        id
        name
      }
      collection {
        id
        name
      }
      lastRun {
        id
        state
      }
      queries(first: 100) {
        nodes {
          id
          sql
          dataSource {
            id
            name
          }
          charts(first: 100) {
            nodes {
              id
              title
            }
          }
        }
      }
    }
  }
`;

const REPORT_BY_ID: TypedDocumentNode<{ readonly node: ReportRow }, { readonly id: string }> = gql`
  query ReportById($id: ID!) {
    node(id: $id) {
      ... on Report {
        id
        token
        name
      }
    }
  }
`;

interface NodesData {
  readonly nodes: readonly ({ readonly __typename: string; readonly id: string } | null)[];
}

const BY_IDS: TypedDocumentNode<NodesData, { readonly ids: readonly string[] }> = gql`
  query ByIds($ids: [ID!]!) {
    nodes(ids: $ids) {
      id
    }
  }
`;

const PAGE = 7;

let gateway: GatewayOnSimulator;
let cache: InMemoryCache;
let client: ApolloClient;

beforeAll(async () => {
  gateway = await startGatewayOnSimulator({ collections: 3, reports: 90, members: 12, dataSources: 3 });
});
afterAll(() => gateway.stop());
beforeEach(() => {
  cache = new InMemoryCache({
    typePolicies: { Collection: { fields: { reports: relayStylePagination(['filter', 'orderBy']) } } },
  });
  client = new ApolloClient({ link: new HttpLink({ uri: gateway.endpoint }), cache });
});
afterEach(() => client.stop());

describe('the normalised cache of Apollo Client', () => {
  it('keeps the queries of a report apart, and out of the root that GraphQL calls Query', async () => {
    const report = reportWithSeveralQueries();
    const { data } = await client.query({ query: REPORT_IN_FULL, variables: { token: report.token } });

    const truth = gateway.mode.world.liveQueries(report.token);
    expect(cacheKeys('ReportQuery')).toHaveLength(truth.length);
    expect(data?.report.queries.nodes.map(({ sql }) => sql).sort()).toEqual(
      truth.map((query) => query.rawQuery).sort(),
    );
    expect(Object.keys(cache.extract().ROOT_QUERY ?? {})).toEqual([
      '__typename',
      `report(${JSON.stringify({ token: report.token })})`,
    ]);
  });

  it('can ask again for every object it holds, by the id it holds it under', async () => {
    const report = reportWithSeveralQueries();
    await client.query({ query: REPORT_IN_FULL, variables: { token: report.token } });
    const held = ['Report', 'ReportQuery', 'ReportRun', 'Chart', 'Collection', 'DataSource', 'Member'].flatMap(
      (type) => {
        const keys = cacheKeys(type);
        expect(keys).not.toHaveLength(0);
        return keys.map((key) => ({ __typename: type, id: key.slice(type.length + 1) }));
      },
    );

    const { data } = await client.query({
      query: BY_IDS,
      variables: { ids: held.map(({ id }) => id) },
      fetchPolicy: 'no-cache',
    });
    expect(data?.nodes).toEqual(held);
  });

  it('shows in a list what was read again through node', async () => {
    const collection = largestCollection();
    const variables = { token: collection.token, first: PAGE };
    const { data } = await client.query({ query: REPORTS, variables });
    const held = data?.collection.reports.edges[2]?.node;
    const truth = gateway.mode.world.reportByToken.get(held?.token ?? '');
    if (!held || !truth) throw new Error('the page has no third report');

    const renamed = `${truth.name ?? ''} (renamed)`;
    truth.name = renamed;
    await client.query({ query: REPORT_BY_ID, variables: { id: held.id }, fetchPolicy: 'network-only' });
    const row = readList(collection).edges.find(({ node }) => node.id === held.id);
    expect(row?.node.name).toBe(renamed);
  });
});

function readList(collection: SimCollection): ReportsData['collection']['reports'] {
  const data = client.readQuery({ query: REPORTS, variables: { token: collection.token } });
  if (!data) throw new Error('the cache cannot answer for this collection');
  return data.collection.reports;
}

function cacheKeys(type: string): string[] {
  return Object.keys(cache.extract()).filter((key) => key.startsWith(`${type}:`));
}

function largestCollection(): SimCollection {
  const { collections, reportsByCollection } = gateway.mode.world;
  const sizeOf = ({ token }: SimCollection): number => reportsByCollection.get(token)?.length ?? 0;
  const [largest] = [...collections].sort((a, b) => sizeOf(b) - sizeOf(a));
  if (!largest) throw new Error('the world has no collection');
  return largest;
}

function reportWithSeveralQueries(): SimReport {
  const { world } = gateway.mode;
  const found = world.reports.find((report) => {
    const queries = world.liveQueries(report.token);
    return (
      report.lastRunToken !== null &&
      queries.length > 2 &&
      queries.some(({ token }) => world.liveCharts(token).length > 0)
    );
  });
  if (!found) throw new Error('the world has no such report');
  return found;
}
