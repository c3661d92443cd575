/**
 * Apollo's development build, which complains of data that may get lost.
 *
 * @jest-environment-options {"customExportConditions": ["node", "node-addons", "development"]}
 */
import { format } from 'node:util';
import type { ApolloClient, TypedDocumentNode } from '@apollo/client';
import type { Tree } from '../support/tree.ts';
import { apolloOver } from './apollo-client.ts';
import { startGatewayOnSimulator, withDiscovery, type GatewayOnSimulator } from './gateway-on-simulator.ts';
import { question } from './questions.ts';
import { goAllRoads, type Go } from './roads.ts';
import { EVERY_TIE, factsIn, heldAndTrue, ties, type HeldObject } from './whole-world.ts';

let gateway: GatewayOnSimulator;
let client: ApolloClient;
let held: HeldObject[];
const complaints: string[] = [];

beforeAll(async () => {
  gateway = await startGatewayOnSimulator({ collections: 5, reports: 40, members: 9, dataSources: 4 }, withDiscovery);
  for (const level of ['warn', 'error'] as const) {
    jest.spyOn(console, level).mockImplementation((...said: unknown[]) => void complaints.push(format(...said)));
  }
  client = apolloOver(gateway.endpoint);
  await goAllRoads(go, () => heldObjects().map(({ id }) => id));
  held = heldObjects();
});
afterAll(async () => {
  jest.restoreAllMocks();
  client.stop();
  await gateway.stop();
});

const go: Go = async (name, variables) => {
  const query: TypedDocumentNode<Tree> = question('roads', name);
  const { data } = await client.query({ query, variables, fetchPolicy: 'network-only' });
  if (data === undefined) throw new Error(`${name} came without data`);
  return data;
};

/** All but the root; what has no id lies within what has one. */
function heldObjects(): HeldObject[] {
  return Object.entries(client.cache.extract() as Record<string, Record<string, unknown>>)
    .filter(([key]) => key !== 'ROOT_QUERY')
    .map(([key, fields]) => {
      const type = String(fields.__typename);
      const links = Object.entries(fields).flatMap(([field, value]) =>
        refsIn(value).map((ref) => ({ field: field.replace(/[(:].*/s, ''), id: ref })),
      );
      expect(key).toBe(`${type}:${String(fields.id)}`);
      return { type, id: String(fields.id), facts: factsIn(fields), links };
    });
}

function refsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('__ref' in value) return [String(value.__ref).replace(/^\w+:/, '')];
  return Object.values(value).flatMap(refsIn);
}

describe('the cache of Apollo Client, when a workspace was met on every road there is', () => {
  it('holds every object of the workspace once, and nothing else', () => {
    const { held: those, true: truth } = heldAndTrue(gateway.mode.world, held);
    expect(those).toEqual(truth);
  });

  it('ties every object to those it has to do with', () => {
    expect(ties(gateway.mode.world, held)).toEqual({ wrong: [], followed: EVERY_TIE });
  });

  it('gives Apollo nothing to complain of', () => {
    expect(complaints).toEqual([]);
  });
});
