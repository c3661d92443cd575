import { rm } from 'node:fs/promises';
import { at, listAt, textAt, type Tree } from '../support/tree.ts';
import { inOrder } from '../support/world-order.ts';
import { makeFolder } from './client-project.ts';
import { CLIENTS, type AskClient, type Told } from './each-client.ts';
import { startGatewayOnSimulator, withDiscovery, type GatewayOnSimulator } from './gateway-on-simulator.ts';
import { compileRelay, copyApp } from './relay/build.ts';

let folder: string;
let gateway: GatewayOnSimulator;
/** The collection with the most reports. */
let token: string;

beforeAll(async () => {
  folder = await makeFolder();
  await copyApp(folder);
  const { code, output } = await compileRelay(folder);
  if (code !== 0) throw new Error(output);
  gateway = await startGatewayOnSimulator({ collections: 4, reports: 50, members: 6, dataSources: 2 }, withDiscovery);
  await gateway.catalog.warm();
  const counts = [...gateway.mode.world.reportsByCollection].sort(([, a], [, b]) => b.length - a.length);
  [[token] = ['']] = counts;
});
afterAll(async () => {
  await gateway.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The reports of the collection, newest first. */
function truth(): string[] {
  const reports = gateway.mode.world.reportsByCollection.get(token) ?? [];
  return inOrder(reports, (row) => row.createdAt, 'DESC').map((row) => row.token);
}

async function readAnew(): Promise<void> {
  gateway.mode.rebuildDiscovery();
  await gateway.catalog.refresh('reports', {});
}

describe.each(Object.entries(CLIENTS))('a user of %s', (_, connect) => {
  let ask: AskClient;
  beforeEach(() => {
    ask = connect(gateway.endpoint, () => folder);
  });

  async function pageOf(variables: Record<string, Tree>): Promise<Tree> {
    const told = await ask('complaintsPageQuery', { token, ...variables });
    expect(told.errors ?? []).toEqual([]);
    return at(told.data, 'collection.reports');
  }
  const tokensOf = (page: Tree): string[] => listAt(page, 'edges').map((edge) => textAt(edge, 'node.token'));
  const idOf = async (place: number): Promise<string> => textAt(await pageOf({ first: 100 }), `edges.${place}.node.id`);
  /** The codes of the errors that a client tells; one of a field is kept back by Relay. */
  const expectErrors = ({ errors }: Told, expected: NonNullable<Told['errors']>): void => {
    if (errors) expect(errors).toEqual(expected);
  };

  it('finds null for cursors on a page without rows, wherever in the list it is', async () => {
    const last = textAt(await pageOf({ last: 1 }), 'pageInfo.endCursor');
    const first = textAt(await pageOf({ first: 1 }), 'pageInfo.startCursor');
    const none = { startCursor: null, endCursor: null };
    const { length } = truth();
    for (const [variables, totalCount, hasNextPage, hasPreviousPage] of [
      [{ filter: { search: 'nothing of the kind' } }, 0, false, false],
      [{ first: 0 }, length, true, false],
      [{ last: 0 }, length, false, true],
      [{ first: 5, after: last }, length, false, true],
      [{ last: 5, before: first }, length, true, false],
    ] as const) {
      expect([variables, await pageOf(variables)]).toMatchObject([
        variables,
        { totalCount, edges: [], pageInfo: { ...none, hasNextPage, hasPreviousPage } },
      ]);
    }
  });

  it('finds the cursors of the first and the last row where the page begins and ends', async () => {
    for (const variables of [{ first: 4 }, { last: 4 }, { first: 1 }, { first: 100 }]) {
      const page = await pageOf(variables);
      expect(at(page, 'pageInfo.startCursor')).toBe(at(page, 'edges.0.cursor'));
      expect(at(page, 'pageInfo.endCursor')).toBe(at(page, `edges.${listAt(page, 'edges').length - 1}.cursor`));
    }
  });

  it('gets the last rows in the order of the list, and those before them', async () => {
    const last = await pageOf({ last: 3 });
    expect(tokensOf(last)).toEqual(truth().slice(-3));
    const before = await pageOf({ last: 3, before: textAt(last, 'pageInfo.startCursor') });
    expect(tokensOf(before)).toEqual(truth().slice(-6, -3));
    expect(before).toMatchObject({ pageInfo: { hasNextPage: true, hasPreviousPage: true } });
  });

  it('goes on where the page ended, though the catalog was read anew and rows came and went before it', async () => {
    const page = await pageOf({ first: 5 });
    const next = truth().slice(5, 10);
    gateway.mode.world.addReport(token, { name: 'Newest of all' });
    gateway.mode.world.removeReport(truth()[2] ?? '');
    await readAnew();
    expect(tokensOf(await pageOf({ first: 5, after: textAt(page, 'pageInfo.endCursor') }))).toEqual(next);
  });

  it('gets null, and no error, for an object that is gone', async () => {
    const id = await idOf(7);
    expect((await ask('complaintsNodeQuery', { id })).data).toMatchObject({ node: { id } });
    gateway.mode.world.removeReport(truth()[7] ?? '');
    await readAnew();
    const { data, errors } = await ask('complaintsNodeQuery', { id });
    expect(data).toEqual({ node: null });
    expect(errors ?? []).toEqual([]);
  });

  it('gets all objects but the one whose id is none', async () => {
    const [one, other] = [await idOf(0), await idOf(1)];
    gateway.mode.ledger.clear();
    const told = await ask('complaintsNodesQuery', { ids: [one, 'not an id', other] });
    expect(told.data).toMatchObject({ nodes: [{ id: one }, null, { id: other }] });
    expectErrors(told, [{ code: 'BAD_USER_INPUT', path: ['nodes', 1] }]);
    expect(gateway.mode.ledger.entries).toEqual([]);
  });

  it('gets what could be read beside what could not, and is told what that was', async () => {
    const ran = gateway.mode.world.reports.filter((row) => row.lastRunToken !== null);
    const [one = '', other = ''] = ran.map((row) => row.token);
    const fault = gateway.mode.faults.inject({ match: `/reports/${other}/runs`, kind: 'html200' });
    gateway.mode.ledger.clear();
    const told = await ask('complaintsTwoQuery', { one, other });
    fault.remove();
    expect(told.data).toMatchObject({ one: { lastRun: { isLatest: true } }, other: { lastRun: null } });
    expectErrors(told, [{ code: 'UPSTREAM_INVALID_RESPONSE', path: ['other', 'lastRun'] }]);
    expect(gateway.mode.ledger.entries).toHaveLength(2);
  });
});
