import type { Gateway } from '../../src/gateway.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { ask, bill, envWithDiscovery, gatewayOver, startSmallMode, type Answer } from '../support/gateway.ts';
import { at, listAt, textAt } from '../support/tree.ts';

const NAMED = '{ workspace { reports(first: 100) { nodes { token collection { token name } } } } }';

describe('a personal collection, which Discovery does not list', () => {
  let mode: Simulator;
  let gateway: Gateway;

  beforeAll(async () => {
    mode = await startSmallMode({ size: { collections: 12, reports: 60 } });
  });

  beforeEach(() => {
    gateway = gatewayOver(envWithDiscovery(mode));
  });

  afterEach(() => gateway.dispose());
  afterAll(() => mode.close());

  const isPersonal = (token: string) => mode.world.collectionByToken.get(token)?.type === 'private';
  const truth = (personal: boolean) =>
    new Set(
      mode.world.reports.map(({ token, collectionToken }) => ({
        token,
        collection:
          personal || !isPersonal(collectionToken)
            ? { token: collectionToken, name: mode.world.collectionByToken.get(collectionToken)?.name }
            : null,
      })),
    );
  const codesOf = (answer: Answer) => answer.extensions?.upstream.notes.map(({ code }) => code);

  it('that a cold answer cannot name is noted', async () => {
    expect(mode.world.reports.some((row) => isPersonal(row.collectionToken))).toBe(true);
    const { answer, calls } = await bill(mode, gateway, NAMED);
    expect(answer.errors).toBeUndefined();
    expect(calls.every((path) => path.startsWith('/batch/'))).toBe(true);
    expect(new Set(listAt(answer.data, 'workspace.reports.nodes'))).toEqual(truth(false));
    expect(codesOf(answer)).toEqual(['PERSONAL_COLLECTIONS_OMITTED']);
  });

  it('is named by a warm catalog, at no call and without a note', async () => {
    await gateway.catalog.warm();
    const { answer, calls } = await bill(mode, gateway, NAMED);
    expect(new Set(listAt(answer.data, 'workspace.reports.nodes'))).toEqual(truth(true));
    expect(codesOf(answer)).toEqual([]);
    expect(calls).toEqual([]);
  });

  it('is not noted by a cold answer that asks its token only', async () => {
    const { answer } = await bill(
      mode,
      gateway,
      '{ workspace { reports(first: 100) { nodes { collection { token } } } } }',
    );
    expect(
      listAt(answer.data, 'workspace.reports.nodes')
        .map((row) => textAt(row, 'collection.token'))
        .sort(),
    ).toEqual(mode.world.reports.map((row) => row.collectionToken).sort());
    expect(codesOf(answer)).toEqual([]);
  });

  it.each(['forward', 'backward'])('does not appear in the midst of a walk %s that began without it', async (way) => {
    const listed = mode.world.collections.filter((row) => row.type !== 'private').map((row) => row.token);
    expect(listed.length).toBeLessThan(mode.world.collections.length);
    const seen: string[] = [];
    for (let cursor: string | null = null; ;) {
      const bounds = `${way === 'forward' ? 'first: 2, after' : 'last: 2, before'}: ${JSON.stringify(cursor)}`;
      const answer = await ask(
        gateway,
        `{ workspace { collections(${bounds}) { totalCount nodes { token }
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`,
      );
      expect(answer.errors).toBeUndefined();
      expect(at(answer.data, 'workspace.collections.totalCount')).toBe(listed.length);
      expect(codesOf(answer)).toEqual(['PERSONAL_COLLECTIONS_OMITTED']);
      seen.push(...listAt(answer.data, 'workspace.collections.nodes').map((row) => textAt(row, 'token')));
      const info = at(answer.data, 'workspace.collections.pageInfo');
      if (at(info, way === 'forward' ? 'hasNextPage' : 'hasPreviousPage') !== true) break;
      cursor = textAt(info, way === 'forward' ? 'endCursor' : 'startCursor');
      // After the first page; it then holds the complete list, too.
      await gateway.catalog.warm();
    }
    expect(seen.sort()).toEqual(listed.sort());
    // Whoever begins now begins on that.
    const { data } = await ask(gateway, '{ workspace { collections { totalCount } } }');
    expect(at(data, 'workspace.collections.totalCount')).toBe(mode.world.collections.length);
  });
});
