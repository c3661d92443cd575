import type { Gateway } from '../../src/gateway.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { bill, envWithDiscovery, gatewayOver, startSmallMode, type Answer } from '../support/gateway.ts';
import { at, listAt, textAt } from '../support/tree.ts';
import { some } from '../support/world-order.ts';

/** `layout`, `viewVegas` and `archived` are REST's alone; everything else here lies in a warm catalog. */
describe('of a warm catalog, a field that needs REST', () => {
  let mode: Simulator;
  let gateway: Gateway;

  beforeAll(async () => {
    mode = await startSmallMode({
      size: { collections: 12, reports: 150, queries: 220, charts: 200 },
      behaviour: { weight: 'full' },
    });
    gateway = gatewayOver(envWithDiscovery(mode));
    await gateway.catalog.warm();
  });

  afterAll(async () => {
    await gateway.dispose();
    await mode.close();
  });

  /** A query with a chart, alone in its report, so that `first: 1` finds it. */
  const drawn = () =>
    some(
      mode.world.queries,
      (row) =>
        mode.world.queriesByReport.get(row.reportToken)?.length === 1 &&
        (mode.world.chartsByQuery.get(row.token)?.length ?? 0) > 0,
    );
  const hundredWithout = (token: string) => mode.world.reports.filter((row) => row.token !== token).slice(0, 100);
  const tokensOf = (rows: readonly { token: string }[]) => JSON.stringify(rows.map((row) => row.token));
  const expectHonest = ({ errors, extensions }: Answer, calls: readonly string[]): void => {
    expect(errors).toBeUndefined();
    expect(extensions?.upstream.calls).toEqual({ rest: calls.length, discovery: 0 });
    expect(extensions?.upstream.notes).toEqual([]);
  };

  it('of one report costs one call beside a hundred that do not', async () => {
    const one = some(mode.world.reports);
    const hundred = hundredWithout(one.token);

    const { answer, calls } = await bill(
      mode,
      gateway,
      `{ a: report(token: "${one.token}") { layout } b: reports(tokens: ${tokensOf(hundred)}) { name } }`,
    );

    expectHonest(answer, calls);
    expect(calls).toEqual([expect.stringContaining(`/reports/${one.token}`)]);
    expect(at(answer.data, 'a')).toEqual({ layout: expect.stringContaining('<') as unknown });
    expect(at(answer.data, 'b')).toEqual(hundred.map(({ name }) => ({ name })));
  });

  it('of one query’s charts costs one call beside the charts of a hundred reports’ queries', async () => {
    const query = drawn();
    const hundred = hundredWithout(query.reportToken);

    const { answer, calls } = await bill(
      mode,
      gateway,
      `{ a: report(token: "${query.reportToken}") { queries(first: 1) { nodes { charts { nodes { viewVegas } } } } }
         b: reports(tokens: ${tokensOf(hundred)}) { queries(first: 100) { nodes { token charts { totalCount } } } } }`,
    );

    expectHonest(answer, calls);
    expect(calls).toEqual([expect.stringContaining(`/queries/${query.token}/charts`)]);
    expect(listAt(answer.data, 'a.queries.nodes.0.charts.nodes')).toEqual(
      mode.world.chartsByQuery.get(query.token)?.map(() => ({ viewVegas: expect.any(Object) as unknown })),
    );
    for (const [index, report] of hundred.entries()) {
      const queries = mode.world.queriesByReport.get(report.token) ?? [];
      expect(new Set(listAt(answer.data, `b.${index}.queries.nodes`))).toEqual(
        new Set(
          queries.map(({ token }) => ({
            token,
            charts: { totalCount: mode.world.chartsByQuery.get(token)?.length ?? 0 },
          })),
        ),
      );
    }
  });

  it('of the first report of one collection costs one call beside the counts of all collections', async () => {
    const { token } = some(
      mode.world.collections,
      (row) => (mode.world.reportsByCollection.get(row.token)?.length ?? 0) > 1,
    );

    const { answer, calls } = await bill(
      mode,
      gateway,
      `{ a: collection(token: "${token}") { reports(first: 1) { nodes { token archived } } }
         b: workspace { collections(first: 100) { nodes { token reports { totalCount } } } } }`,
    );

    expectHonest(answer, calls);
    expect(calls).toHaveLength(1);
    const [shown] = listAt(answer.data, 'a.reports.nodes');
    expect(at(shown, 'archived')).toBe(mode.world.reportByToken.get(textAt(shown, 'token'))?.archived);
    expect(new Set(listAt(answer.data, 'b.collections.nodes'))).toEqual(
      new Set(
        mode.world.collections.map((row) => ({
          token: row.token,
          reports: { totalCount: mode.world.reportsByCollection.get(row.token)?.length ?? 0 },
        })),
      ),
    );
  });
});
