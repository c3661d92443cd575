import { gql, type TypedDocumentNode } from '@urql/core';
import { some } from '../support/world-order.ts';
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
import { urqlOver, type UrqlClient } from './urql-client.ts';

let gateway: GatewayOnSimulator;

beforeAll(async () => {
  gateway = await startGatewayOnSimulator({ collections: 4, reports: 60, members: 9, dataSources: 5 }, withDiscovery);
  await gateway.catalog.warm();
});
afterAll(() => gateway.stop());

const documentFor = (list: EveryList): TypedDocumentNode<PageAnswer, PageVariables> =>
  gql(questionFor(list, gateway.mode.world));

/** Asks for a page; what comes back is the whole list as far as it is known. */
async function fetchPage({ client }: UrqlClient, list: EveryList, variables: PageVariables): Promise<ListPage> {
  const { data, error } = await client.query(documentFor(list), variables, { requestPolicy: 'network-only' });
  if (error || !data) throw error ?? new Error('an answer came without data');
  return data.root.list;
}

async function walk(
  urql: UrqlClient,
  list: EveryList,
  way: Way,
  size: number,
  between: (pages: number) => Promise<void> = () => Promise.resolve(),
): Promise<{ pages: number; held: ListPage }> {
  let held = await fetchPage(urql, list, firstPage(way, size));
  let pages = 1;
  for (let next = nextPage(way, size, held); next; next = nextPage(way, size, held)) {
    await between(pages);
    held = await fetchPage(urql, list, next);
    pages += 1;
  }
  return { pages, held };
}

const keysOf = (page: ListPage): string[] => page.edges.map(({ node }) => node.key);

describe.each(EVERY_LIST)('$name in urql', (list) => {
  it.each(['forward', 'backward'] as const)(
    'is walked %s to its end: each row once, in order, the count exact, and no call made',
    async (way) => {
      const truth = list.truth(gateway.mode.world);
      const size = pageSizeFor(truth.length);
      const urql = urqlOver(gateway.endpoint);
      gateway.mode.ledger.clear();
      const { pages, held } = await walk(urql, list, way, size);

      expect(keysOf(held)).toEqual(truth);
      expect(held.totalCount).toBe(truth.length);
      expect(pages).toBe(Math.ceil(truth.length / size));
      expect(held.pageInfo).toMatchObject({
        hasNextPage: false,
        hasPreviousPage: false,
        startCursor: held.edges.at(0)?.cursor,
        endCursor: held.edges.at(-1)?.cursor,
      });
      expect(urql.complaints).toEqual([]);
      expect(gateway.mode.ledger.entries.map(({ path }) => path)).toEqual([]);
    },
  );
});

describe('the reports of the workspace in urql', () => {
  const list = listNamed('Workspace.reports');

  async function readAnew(): Promise<void> {
    gateway.mode.rebuildDiscovery();
    await gateway.catalog.refresh('reports', {});
  }

  it('are walked from both ends until they meet, and come out whole', async () => {
    const truth = list.truth(gateway.mode.world);
    const urql = urqlOver(gateway.endpoint);
    let held = await fetchPage(urql, list, { first: 25 });
    // Ten more from the end, again and again, the last of them overlapping those of the start.
    for (let last = 10; last < truth.length - 15; last += 10) {
      const before = last === 10 ? null : held.edges.at(10 - last)?.cursor;
      held = await fetchPage(urql, list, { last: 10, before: before ?? null });
    }
    expect(keysOf(held)).toEqual(truth);
    expect(held.totalCount).toBe(truth.length);
  });

  it('are those the walk began on, each once, though the catalog is read anew and rows came and went', async () => {
    const { world } = gateway.mode;
    const began = list.truth(world);
    const { held } = await walk(urqlOver(gateway.endpoint), list, 'forward', 7, async (pages) => {
      if (pages !== 2) return;
      const { collectionToken } = some(world.reports, ({ token }) => token === began[0]);
      world.addReport(collectionToken, { name: 'Newest of all' });
      // One that has been shown, one that has not.
      for (const key of [began[3], began[40]]) world.removeReport(key ?? '');
      await readAnew();
    });
    expect(keysOf(held)).toEqual(began);
    expect(held.totalCount).toBe(began.length);

    const again = await fetchPage(urqlOver(gateway.endpoint), list, { first: 100 });
    expect(keysOf(again)).toEqual(list.truth(world));
    expect(again.totalCount).toBe(began.length - 1);
  });

  it('come each once that kept their place, though the catalog is read anew after every page', async () => {
    const { world } = gateway.mode;
    const began = list.truth(world);
    const gone = new Set<string>();
    const { held } = await walk(urqlOver(gateway.endpoint), list, 'backward', 7, async (pages) => {
      for (const key of [began.at(-5 * pages), began.at(5 * pages)]) {
        if (key === undefined || gone.has(key)) continue;
        world.removeReport(key);
        gone.add(key);
      }
      await readAnew();
    });
    expect(gone.size).toBeGreaterThan(8);
    const keys = keysOf(held);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => !gone.has(key))).toEqual(began.filter((key) => !gone.has(key)));
  });
});
