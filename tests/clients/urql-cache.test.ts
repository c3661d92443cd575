import type { Tree } from '../support/tree.ts';
import { startGatewayOnSimulator, withDiscovery, type GatewayOnSimulator } from './gateway-on-simulator.ts';
import { question } from './questions.ts';
import { goAllRoads, type Go } from './roads.ts';
import { urqlOver, type UrqlClient } from './urql-client.ts';
import { EVERY_TIE, heldAndTrue, objectsIn, ties, type HeldObject, type HeldRecord } from './whole-world.ts';

const { NODE_ENV } = process.env;

let gateway: GatewayOnSimulator;
let urql: UrqlClient;
let held: HeldObject[];

beforeAll(async () => {
  // Under jest's "test", Graphcache hands nothing to its storage.
  process.env.NODE_ENV = 'development';
  gateway = await startGatewayOnSimulator({ collections: 5, reports: 40, members: 9, dataSources: 4 }, withDiscovery);
  urql = urqlOver(gateway.endpoint);
  const go: Go = async (name, variables) => {
    const { data, error } = await urql.client.query<Tree>(question('roads', name), variables, {
      requestPolicy: 'network-only',
    });
    if (error || data === undefined) throw error ?? new Error(`${name} came without data`);
    // It hands on what it wrote in a turn of its own.
    await new Promise((resolve) => setTimeout(resolve, 0));
    return data;
  };
  await goAllRoads(go, () => heldObjects().map(({ id }) => id));
  held = heldObjects();
});
afterAll(async () => {
  process.env.NODE_ENV = NODE_ENV;
  await gateway.stop();
});

/** Keys are `Type:id`, or those of the object with the path of what is part of it. */
const isObject = (key: string): boolean => /^[A-Z]\w*:[\w-]+$/.test(key);

function heldObjects(): HeldObject[] {
  const records = new Map<string, { fields: Record<string, unknown>; links: { field: string; key: string }[] }>();
  for (const [written, value] of urql.written) {
    const dot = written.indexOf('.');
    const key = written.slice(0, dot).replaceAll('%2e', '.');
    const field = written.slice(dot + 1).replace(/\(.*/s, '');
    const record: HeldRecord = records.get(key) ?? { fields: {}, links: [] };
    const held = value.startsWith(':') ? linksIn(JSON.parse(value.slice(1)) as Tree) : [];
    records.set(key, {
      fields: value.startsWith(':') ? record.fields : { ...record.fields, [field]: JSON.parse(value) as unknown },
      links: [...record.links, ...held.map((to) => ({ field, key: to }))],
    });
  }
  return objectsIn(records, isObject);
}

function linksIn(value: Tree): string[] {
  return Array.isArray(value) ? value.flatMap(linksIn) : typeof value === 'string' ? [value] : [];
}

describe('the cache of urql, when a workspace was met on every road there is', () => {
  it('holds every object of the workspace once, and nothing else', () => {
    const { held: those, true: truth } = heldAndTrue(gateway.mode.world, held);
    expect(those).toEqual(truth);
  });

  it('ties every object to those it has to do with', () => {
    expect(ties(gateway.mode.world, held)).toEqual({ wrong: [], followed: EVERY_TIE });
  });

  it('gives Graphcache nothing to complain of', () => {
    expect(urql.complaints).toEqual([]);
  });
});
