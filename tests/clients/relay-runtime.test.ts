import { rm } from 'node:fs/promises';
import { fetchQuery, type Environment } from 'relay-runtime';
import type { Tree } from '../support/tree.ts';
import { makeFolder } from './client-project.ts';
import { startGatewayOnSimulator, withDiscovery, type GatewayOnSimulator } from './gateway-on-simulator.ts';
import { environmentOver } from './relay/app/environment.ts';
import { compileRelay, copyApp } from './relay/build.ts';
import { askRelay, compiled } from './relay/compiled.ts';
import { goAllRoads, type Go } from './roads.ts';
import { EVERY_TIE, heldAndTrue, objectsIn, ties, type HeldObject, type HeldRecord } from './whole-world.ts';

let folder: string;
let gateway: GatewayOnSimulator;

beforeAll(async () => {
  folder = await makeFolder();
  await copyApp(folder);
  const { code, output } = await compileRelay(folder);
  if (code !== 0) throw new Error(output);
  gateway = await startGatewayOnSimulator({ collections: 5, reports: 40, members: 9, dataSources: 4 }, withDiscovery);
});
afterAll(async () => {
  await gateway.stop();
  await rm(folder, { recursive: true, force: true });
});

async function ask(environment: Environment, name: string, variables: Record<string, Tree>): Promise<Tree> {
  return askRelay(environment, await compiled(folder, name), variables);
}

interface RawRecord {
  readonly __id: string;
  readonly __typename: string;
  readonly [field: string]: unknown;
}

/** Relay's own keys begin so; objects are held under their ids. */
const isObject = (key: string): boolean => !key.startsWith('client:');

function heldObjects(environment: Environment): HeldObject[] {
  const source = environment.getStore().getSource().toJSON() as unknown as Readonly<Record<string, RawRecord>>;
  const records = new Map<string, HeldRecord>();
  for (const [key, { __id, ...fields }] of Object.entries(source)) {
    expect(__id).toBe(key);
    const links = Object.entries(fields).flatMap(([field, value]) =>
      linksIn(value).map((to) => ({ field: field.replace(/\(.*/s, ''), key: to })),
    );
    records.set(key, { fields, links });
  }
  return objectsIn(records, isObject);
}

function linksIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('__ref' in value) return [String(value.__ref)];
  return '__refs' in value && Array.isArray(value.__refs) ? value.__refs.filter((ref) => ref !== null).map(String) : [];
}

describe('the store of Relay, when a workspace was met on every road there is', () => {
  let held: HeldObject[];
  const complaints: unknown[][] = [];

  beforeAll(async () => {
    for (const level of ['warn', 'error'] as const) {
      jest.spyOn(console, level).mockImplementation((...said: unknown[]) => void complaints.push(said));
    }
    const environment = environmentOver(gateway.endpoint);
    const go: Go = (name, variables) => ask(environment, name, variables);
    await goAllRoads(go, () => heldObjects(environment).map(({ id }) => id));
    held = heldObjects(environment);
  });
  afterAll(() => jest.restoreAllMocks());

  it('holds every object of the workspace once, and nothing else', () => {
    const { held: those, true: truth } = heldAndTrue(gateway.mode.world, held);
    expect(those).toEqual(truth);
  });

  it('ties every object to those it has to do with', () => {
    expect(ties(gateway.mode.world, held)).toEqual({ wrong: [], followed: EVERY_TIE });
  });

  it('gives Relay nothing to complain of', () => {
    expect(complaints).toEqual([]);
  });
});

describe('a fragment that Relay reads again, by the id of its object', () => {
  /** By the type of the object: the question that Relay made of its fragment. */
  const AGAIN = {
    Workspace: 'cardsWorkspaceQuery',
    Collection: 'cardsCollectionQuery',
    Report: 'cardsReportQuery',
    ReportQuery: 'cardsReportQueryQuery',
    Chart: 'cardsChartQuery',
    ReportRun: 'cardsReportRunQuery',
    DataSource: 'cardsDataSourceQuery',
    Member: 'cardsMemberQuery',
  };
  const types = Object.keys(AGAIN) as (keyof typeof AGAIN)[];
  /** Of each type one that a client could have met. */
  let ids: Record<string, string>;
  let cold: GatewayOnSimulator;

  beforeAll(async () => {
    const environment = environmentOver(gateway.endpoint);
    await ask(environment, 'roadsDownOfRestQuery', {});
    await ask(environment, 'roadsDownQuery', {});
    ids = Object.fromEntries(heldObjects(environment).map(({ type, id }) => [type, id]));
    await gateway.catalog.warm();
    cold = await startGatewayOnSimulator({ collections: 5, reports: 40, members: 9, dataSources: 4 });
  });
  afterAll(() => cold.stop());

  async function readAgain(where: GatewayOnSimulator, type: keyof typeof AGAIN) {
    const environment = environmentOver(where.endpoint);
    where.mode.ledger.clear();
    await ask(environment, AGAIN[type], { id: ids[type] ?? '' });
    const [object] = heldObjects(environment).filter(({ id }) => id === ids[type]);
    return { object, calls: where.mode.ledger.entries.map(({ path }) => path) };
  }

  it.each(types)('costs one call or none, and brings the same %s', async (type) => {
    const { object, calls } = await readAgain(cold, type);
    expect([object?.type, object?.id]).toEqual([type, ids[type]]);
    expect(calls.length).toBeLessThanOrEqual(1);
  });

  it.each(types.filter((type) => type !== 'ReportRun'))('costs no call once the catalog is warm: %s', async (type) => {
    const { object, calls } = await readAgain(gateway, type);
    expect([object?.type, object?.id]).toEqual([type, ids[type]]);
    expect(calls).toEqual([]);
  });

  it('is not even asked for when a list has brought its object already', async () => {
    const environment = environmentOver(gateway.endpoint);
    await ask(environment, 'roadsDownQuery', {});
    const asked = jest.spyOn(globalThis, 'fetch');
    const question = await compiled(folder, AGAIN.Collection);
    const id = ids.Collection ?? '';
    await fetchQuery(environment, question, { id }, { fetchPolicy: 'store-or-network' }).toPromise();
    expect(asked.mock.calls).toEqual([]);

    await fetchQuery(environment, question, { id }, { fetchPolicy: 'network-only' }).toPromise();
    expect(asked.mock.calls).toHaveLength(1);
    asked.mockRestore();
  });
});

describe('a part of an answer that Relay was told to catch the errors of', () => {
  it('tells that it failed, and the rest of the answer is there', async () => {
    const [well, ill] = gateway.mode.world.reports.filter((row) => row.lastRunToken !== null);
    const fault = gateway.mode.faults.inject({ match: `/reports/${ill?.token ?? ''}/runs`, kind: 'html200' });
    const environment = environmentOver(gateway.endpoint);
    expect(await ask(environment, 'partialQuery', { token: well?.token ?? '' })).toMatchObject({
      report: { id: expect.any(String) as string, lastRun: { ok: true, value: { isLatest: true } } },
    });
    expect(await ask(environment, 'partialQuery', { token: ill?.token ?? '' })).toMatchObject({
      report: {
        id: expect.any(String) as string,
        lastRun: { ok: false, errors: [{ extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } }] },
      },
    });
    fault.remove();
  });
});
