import type { Gateway } from '../../src/gateway.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { ask, bill, envFor, gatewayOver, startSmallMode } from '../support/gateway.ts';
import { listAt, textAt } from '../support/tree.ts';
import { inOrder, some } from '../support/world-order.ts';

describe('what a question costs', () => {
  let mode: Simulator;
  let gateway: Gateway;

  beforeAll(async () => {
    mode = await startSmallMode();
    gateway = gatewayOver(envFor(mode));
  });

  afterAll(() => mode.close());

  const ran = () =>
    some(mode.world.reports, (row) => row.lastRunToken !== null && mode.world.liveQueries(row.token).length > 0);

  it.each([
    ['collection { __typename id token }'],
    ['creator { __typename id username }'],
    ['lastRun { id token }'],
    ['collection { ...on Node { id } ...on Collection { token } }'],
    ['collection { ...Name } lastRun { ...on ReportRun { ...on Node { ...on ReportRun { token } } } }'],
    ['collection { id } again: collection { token }'],
  ])('nothing for %s, which a report says of itself', async (selection) => {
    const { token } = ran();
    const fragment = selection.includes('...Name') ? 'fragment Name on Collection { id token }' : '';
    const { answer, calls } = await bill(mode, gateway, `{ report(token: "${token}") { ${selection} } } ${fragment}`);
    expect(answer.errors).toBeUndefined();
    expect(JSON.stringify(answer.data)).not.toContain('null');
    expect(calls).toEqual([`/api/acme/reports/${token}`]);
  });

  it('nothing for the names of parents, on the way down and on the way up', async () => {
    const chart = some(mode.world.charts);
    const { answer, calls } = await bill(
      mode,
      gateway,
      `{ chart(reportToken: "${chart.reportToken}", queryToken: "${chart.queryToken}", token: "${chart.token}") {
        report { token id } query { token id } creator { username }
      } }`,
    );
    expect(answer.data).toMatchObject({
      chart: {
        report: { token: chart.reportToken },
        query: { token: chart.queryToken },
        creator: { username: chart.creatorUsername },
      },
    });
    expect(calls).toHaveLength(1);
  });

  it('one call when the same field is asked for more elsewhere in the selection', async () => {
    const report = ran();
    const { answer, calls } = await bill(
      mode,
      gateway,
      `{ report(token: "${report.token}") { collection { token } ...More } } fragment More on Report { collection { name } }`,
    );
    const collection = mode.world.collectionByToken.get(report.collectionToken);
    expect(answer.data).toEqual({ report: { collection: { token: collection?.token, name: collection?.name } } });
    expect(calls).toHaveLength(2);
  });

  it('nothing for queries and charts that the report’s own counts deny', async () => {
    const empty = some(mode.world.reports, (row) => mode.world.liveQueries(row.token).length > 0);
    mode.faults.inject({
      match: new RegExp(`/reports/${empty.token}$`),
      kind: 'mutate',
      mutate: (payload) => ({ ...(payload as object), query_count: 0 }),
    });
    const none = await bill(
      mode,
      gateway,
      `{ report(token: "${empty.token}") { queries { totalCount nodes { name } } } }`,
    );
    expect(none.answer.data).toEqual({ report: { queries: { totalCount: 0, nodes: [] } } });
    expect(none.calls).toHaveLength(1);

    mode.faults.clear();
    mode.faults.inject({
      match: new RegExp(`/reports/${empty.token}$`),
      kind: 'mutate',
      mutate: (payload) => ({ ...(payload as object), chart_count: 0 }),
    });
    const queries = await bill(
      mode,
      gateway,
      `{ report(token: "${empty.token}") { queries { nodes { charts { totalCount } } } } }`,
    );
    expect(queries.answer.errors).toBeUndefined();
    expect(queries.calls).toHaveLength(2);
    mode.faults.clear();
  });

  it('a walk over every collection for workspace.reports, which then has every report exactly once', async () => {
    const { answer, calls } = await bill(
      mode,
      gateway,
      '{ workspace { reports(first: 100) { totalCount nodes { token collection { name } } } } }',
    );
    expect(answer.errors).toBeUndefined();
    const expected = inOrder(mode.world.reports, (row) => row.createdAt, 'DESC').map((row) => row.token);
    expect(listAt(answer.data, 'workspace.reports.nodes').map((row) => textAt(row, 'token'))).toEqual(expected);
    const walks = mode.world.collections.reduce(
      (sum, { token }) => sum + Math.ceil((mode.world.reportsByCollection.get(token)?.length ?? 0) / 30) + 1,
      0,
    );
    expect(calls).toHaveLength(1 + walks);
    expect([...mode.ledger.duplicates()]).toEqual([]);
  });

  it('what extensions.upstream says it did, whatever was asked and however it ended', async () => {
    const { token } = ran();
    mode.faults.inject({ match: `/reports/${token}/queries`, kind: 'reset' });
    for (const query of [
      '{ __typename }',
      '{ workspace { username } }',
      '{ workspace { name members { nodes { name } } dataSources { nodes { name } } } }',
      `{ report(token: "${token}") { name queries { nodes { sql } } } }`,
      '{ report(token: "abc") { name } }',
      '{ workspace { collections(first: 1000) { totalCount } } }',
    ]) {
      const { answer, calls } = await bill(mode, gateway, query);
      expect(answer.extensions?.upstream.calls).toEqual({ rest: calls.length, discovery: 0 });
    }
    mode.faults.clear();
  });

  it('no layout unless it is asked for, and then the whole of it', async () => {
    mode.behaviour.weight = 'full';
    const { token } = ran();
    const asked = await ask(gateway, `{ report(token: "${token}") { layout } }`);
    expect(textAt(asked.data, 'report.layout')).toContain('<');
    const fragment = await ask(
      gateway,
      `{ report(token: "${token}") { ...Heavy } } fragment Heavy on Report { page: layout }`,
    );
    expect(textAt(fragment.data, 'report.page')).toBe(textAt(asked.data, 'report.layout'));
    mode.behaviour.weight = 'light';
  });
});
