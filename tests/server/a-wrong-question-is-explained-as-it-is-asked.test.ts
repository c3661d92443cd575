import type { Simulator } from '../../src/simulator/index.ts';
import { askWith, EXPLAIN, explanationOf } from '../support/explain.ts';
import { ask, envFor, envWithDiscovery, startSmallMode } from '../support/gateway.ts';
import { SeveralGateways } from '../support/several-gateways.ts';

describe('a wrong question that is explained', () => {
  let mode: Simulator;
  const gateways = new SeveralGateways();
  const gatewayWith = gateways.over;

  beforeAll(async () => {
    mode = await startSmallMode();
  });

  beforeEach(() => mode.ledger.clear());

  afterAll(async () => {
    await gateways.dispose();
    await mode.close();
  });

  it.each([
    '{ workspace {',
    '{ workspace { nope } }',
    'query ($token: String!) { report(token: $token) { name } }',
    'query A { workspace { username } } query B { workspace { username } }',
    'mutation { nope }',
    `{ ${'workspace { collections { nodes { '.repeat(1)}${'reports { nodes { collection { '.repeat(9)}name${' } } }'.repeat(9)} } } } }`,
  ])('is answered as if it were asked: %s', async (query) => {
    const gateway = gatewayWith(envFor(mode));
    const told = await askWith(gateway, EXPLAIN, query);
    const asked = await ask(gateway, query);
    expect(told.errors).toEqual(asked.errors);
    expect(told.errors).toHaveLength(1);
    expect([told.data, told.extensions?.explain]).toEqual([asked.data, undefined]);
  });

  it.each([
    '{ workspace { username collections(first: 1000) { totalCount } } }',
    '{ workspace { collections(first: 1) { nodes { a: reports(first: -1) { totalCount } name } } } }',
    '{ workspace { collections(first: 1) { edges { node { reports(first: 1, last: 1) { totalCount } } } } } }',
    '{ workspace { collections(after: "garbage") { totalCount } reports(last: 101) { totalCount } } }',
    `{ workspace { queries(filter: { usesIdentifier: "${'x'.repeat(1_001)}" }) { totalCount } } }`,
    '{ report(token: "../verify") { name } }',
    `{ reports(tokens: ["a", "b c"]) { name } }`,
    `{ reports(tokens: ${JSON.stringify(Array.from({ length: 101 }, () => 'a'))}) { name } }`,
    '{ node(id: "nothing") { id } }',
    '{ nodes(ids: ["nothing"]) { id } }',
    '{ chart(reportToken: "a", queryToken: "b", token: "c/d") { title } }',
  ])('has the same errors as if it were asked: %s', async (query) => {
    const gateway = gatewayWith(envWithDiscovery(mode));
    const told = await askWith(gateway, EXPLAIN, query);
    expect(mode.ledger.entries).toEqual([]);
    const asked = await ask(gateway, query);
    expect(asked.errors?.length).toBeGreaterThan(0);
    expect(told.errors).toEqual(asked.errors);
    expect([told.data, told.extensions?.explain]).toEqual([null, undefined]);
    expect(told.extensions?.upstream.calls).toEqual({ rest: 0, discovery: 0 });
  });

  it('has the error of a cursor of another list', async () => {
    const gateway = gatewayWith(envFor(mode));
    const page = await ask(gateway, '{ workspace { collections(first: 1) { pageInfo { endCursor } } } }');
    const { endCursor } = (page.data as { workspace: { collections: { pageInfo: { endCursor: string } } } }).workspace
      .collections.pageInfo;
    const next = (list: string): string => `{ workspace { ${list}(after: "${endCursor}") { totalCount } } }`;
    expect((await askWith(gateway, EXPLAIN, next('reports'))).errors?.[0]?.extensions?.code).toBe('INVALID_CURSOR');
    expect(await explanationOf(gateway, next('collections'))).toMatchObject({ refusal: null });
  });
});
