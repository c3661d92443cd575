import { readFile } from 'node:fs/promises';
import { gql, type ApolloClient, type TypedDocumentNode } from '@apollo/client';
import { buildSchema, getNamedType, isObjectType } from 'graphql';
import { inOrder, some } from '../support/world-order.ts';
import { apolloOver } from './apollo-client.ts';
import { SCHEMA } from './client-project.ts';
import {
  EVERY_LIST,
  firstPage,
  listNamed,
  nextPage,
  pageSizeFor,
  questionFor,
  type EveryList,
  type ListPage,
  type PageAnswer,
  type PageVariables,
  type Way,
} from './every-list.ts';
import { startGatewayOnSimulator, withDiscovery, type GatewayOnSimulator } from './gateway-on-simulator.ts';

let gateway: GatewayOnSimulator;
let client: ApolloClient;

beforeAll(async () => {
  gateway = await startGatewayOnSimulator({ collections: 4, reports: 60, members: 9, dataSources: 5 }, withDiscovery);
  await gateway.catalog.warm();
});
afterAll(() => gateway.stop());
beforeEach(() => {
  client = apolloOver(gateway.endpoint);
});
afterEach(() => client.stop());

const documentFor = (list: EveryList, besides?: string): TypedDocumentNode<PageAnswer, PageVariables> =>
  gql(questionFor(list, gateway.mode.world, besides));

interface Walked {
  readonly pages: number;
  /** What the cache holds of the list at the end. */
  readonly held: ListPage;
}

interface WalkOptions {
  /** Arguments of the list beside those of paging. */
  readonly besides?: string;
  /** Done after each page but the last; `pages` have been fetched. */
  between?(pages: number): Promise<void>;
}

/** Fetches more until there is no more. */
async function walk(list: EveryList, way: Way, size: number, options: WalkOptions = {}): Promise<Walked> {
  const query = documentFor(list, options.besides);
  const watched = client.watchQuery({ query, variables: firstPage(way, size) });
  const subscription = watched.subscribe(() => undefined);
  let page = listIn((await watched.refetch()).data);
  let pages = 1;
  for (let next = nextPage(way, size, page); next; next = nextPage(way, size, page)) {
    await options.between?.(pages);
    page = listIn((await watched.fetchMore({ variables: next })).data);
    pages += 1;
  }
  subscription.unsubscribe();
  return { pages, held: listIn(client.readQuery({ query }) ?? undefined) };
}

function listIn(data: PageAnswer | undefined): ListPage {
  if (!data) throw new Error('an answer came without data, or the cache has none');
  return data.root.list;
}

const keysOf = (page: ListPage): string[] => page.edges.map(({ node }) => node.key);

it('every connection of the schema is walked here', async () => {
  const schema = buildSchema(await readFile(SCHEMA, 'utf8'));
  const connections = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({ of: field.type, name: `${type.name}.${field.name}` })),
    )
    .filter(({ of }) => getNamedType(of).name.endsWith('Connection'));
  expect(EVERY_LIST.map(({ name }) => name).sort()).toEqual(connections.map(({ name }) => name).sort());
});

describe.each(EVERY_LIST)('$name in Apollo Client', (list) => {
  it.each(['forward', 'backward'] as const)(
    'is walked %s to its end: each row once, in order, the count exact, and no call made',
    async (way) => {
      const truth = list.truth(gateway.mode.world);
      const size = pageSizeFor(truth.length);
      gateway.mode.ledger.clear();
      const { pages, held } = await walk(list, way, size);

      expect(keysOf(held)).toEqual(truth);
      expect(held.totalCount).toBe(truth.length);
      expect(pages).toBe(Math.ceil(truth.length / size));
      expect(held.pageInfo).toMatchObject({
        hasNextPage: false,
        hasPreviousPage: false,
        startCursor: held.edges.at(0)?.cursor,
        endCursor: held.edges.at(-1)?.cursor,
      });
      expect(new Set(held.edges.map(({ cursor }) => cursor)).size).toBe(truth.length);
      expect(gateway.mode.ledger.entries.map(({ path }) => path)).toEqual([]);
    },
  );
});

describe('the reports of a collection in Apollo Client, by a filter and an order', () => {
  it.each(['forward', 'backward'] as const)('are walked %s to the end: each once, and in that order', async (way) => {
    const list = listNamed('Collection.reports');
    const { world } = gateway.mode;
    const reports = list.truth(world).flatMap((key) => world.reportByToken.get(key) ?? []);
    const live = reports.filter(({ archived }) => !archived);
    expect(live.length).toBeLessThan(reports.length);

    const besides = 'filter: { archived: false }, orderBy: { field: NAME, direction: DESC }';
    const { held } = await walk(list, way, pageSizeFor(live.length), { besides });
    expect(keysOf(held)).toEqual(inOrder(live, (row) => row.name, 'DESC').map(({ token }) => token));
    expect(held.totalCount).toBe(live.length);
  });
});

describe('the reports of the workspace in Apollo Client', () => {
  const list = listNamed('Workspace.reports');

  it('are walked from the middle to both ends, and come out whole', async () => {
    const truth = list.truth(gateway.mode.world);
    const query = documentFor(list);
    const before = await client.query({ query, variables: { first: 30 }, fetchPolicy: 'no-cache' });
    const middle = listIn(before.data).pageInfo.endCursor;

    const watched = client.watchQuery({ query, variables: { first: 7, after: middle } });
    const subscription = watched.subscribe(() => undefined);
    const first = listIn((await watched.refetch()).data);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    for (const way of ['forward', 'backward'] as const) {
      let page = first;
      for (let next = nextPage(way, 7, page); next; next = nextPage(way, 7, page)) {
        // fetchMore adds these to those of the first page, which went the other way.
        const variables = { first: null, after: null, ...next };
        page = listIn((await watched.fetchMore({ variables })).data);
      }
    }
    subscription.unsubscribe();
    const held = listIn(client.readQuery({ query }) ?? undefined);
    expect(keysOf(held)).toEqual(truth);
    expect(held.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
  });

  it('are those the walk began on, each once, though the catalog is read anew and rows came and went', async () => {
    const { world } = gateway.mode;
    const began = list.truth(world);
    const { held } = await walk(list, 'forward', 7, {
      between: async (pages) => {
        if (pages !== 2) return;
        const { collectionToken } = some(world.reports, ({ token }) => token === began[0]);
        world.addReport(collectionToken, { name: 'Newest of all' });
        // One that has been shown, one that has not.
        for (const key of [began[3], began[40]]) world.removeReport(key ?? '');
        await readAnew();
      },
    });
    expect(keysOf(held)).toEqual(began);
    expect(held.totalCount).toBe(began.length);

    const again = await client.query({
      query: documentFor(list),
      variables: { first: 100 },
      fetchPolicy: 'network-only',
    });
    expect(keysOf(listIn(again.data))).toEqual(list.truth(world));
    expect(listIn(again.data).totalCount).toBe(began.length - 1);
  });

  it('come each once that kept their place, though the catalog is read anew after every page', async () => {
    const { world } = gateway.mode;
    const began = list.truth(world);
    const gone = new Set<string>();
    const { held } = await walk(list, 'backward', 7, {
      between: async (pages) => {
        // One from either side of where the walk is.
        for (const key of [began.at(-5 * pages), began.at(5 * pages)]) {
          if (key === undefined || gone.has(key)) continue;
          world.removeReport(key);
          gone.add(key);
        }
        await readAnew();
      },
    });
    expect(gone.size).toBeGreaterThan(8);
    const keys = keysOf(held);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => !gone.has(key))).toEqual(began.filter((key) => !gone.has(key)));
  });

  async function readAnew(): Promise<void> {
    gateway.mode.rebuildDiscovery();
    await gateway.catalog.refresh('reports', {});
  }
});
