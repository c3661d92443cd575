import { startSimulator, type Simulator } from '../../src/simulator/index.ts';
import { ask, envFor, gatewayOver, type Answer } from '../support/gateway.ts';
import { SteppingClock } from '../support/stepping-clock.ts';
import { inOrder } from '../support/world-order.ts';

const QUESTION = `{
  workspace {
    collections(first: 5) {
      totalCount
      nodes {
        name
        reports(first: 10) {
          totalCount
          nodes {
            name
            webUrl
            creator { name }
            queries(first: 100) {
              nodes {
                name
                sql
                dataSource { name }
                charts(first: 100) { nodes { title type } }
              }
            }
          }
        }
      }
    }
  }
}`;

/** A whole workspace and its rate limit. */
describe('the first question anybody asks, of a workspace of 4,146 reports', () => {
  let mode: Simulator;
  let answer: Answer;

  beforeAll(async () => {
    const clock = new SteppingClock();
    mode = await startSimulator({ clock });
    // 135 calls take 30 seconds, and some.
    const env = { ...envFor(mode), MODE_RATE_LIMIT: '40/10s', OPERATION_TIMEOUT: '2m' };
    const gateway = gatewayOver(env, { clock });
    answer = await clock.drive(ask(gateway, QUESTION), mode, gateway);
  }, 60_000);

  afterAll(() => mode.close());

  const shownCollections = () => inOrder(mode.world.collections, (row) => row.name).slice(0, 5);
  const reportsOf = (collection: string) => mode.world.reportsByCollection.get(collection) ?? [];
  const shownReports = (collection: string) =>
    inOrder(reportsOf(collection), (row) => row.createdAt, 'DESC').slice(0, 10);

  it('is answered with what the workspace holds, in the order the schema promises', () => {
    const { world } = mode;
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({
      workspace: {
        collections: {
          totalCount: 120,
          nodes: shownCollections().map((collection) => ({
            name: collection.name,
            reports: {
              totalCount: reportsOf(collection.token).length,
              nodes: shownReports(collection.token).map((report) => ({
                name: report.name,
                webUrl: `https://app.mode.com/acme/${report.type === 'DatasetReport' ? 'datasets' : 'reports'}/${report.token}`,
                creator: { name: world.memberByUsername.get(report.creatorUsername)?.name },
                queries: {
                  nodes: inOrder(world.liveQueries(report.token), (row) => row.name).map((query) => ({
                    name: query.name,
                    sql: query.rawQuery,
                    dataSource: { name: world.dataSourceByToken.get(query.dataSourceToken)?.name },
                    charts: {
                      nodes: inOrder(world.liveCharts(query.token), (row) => row.title || null).map((chart) => ({
                        title: chart.title || null,
                        type: chart.type,
                      })),
                    },
                  })),
                },
              })),
            },
          })),
        },
      },
    });
  });

  it('costs the pages of the lists, one call for each parent that has children, and one for each lookup table', () => {
    const { world, ledger } = mode;
    const collections = shownCollections();
    const reports = collections.flatMap((collection) => shownReports(collection.token));
    const chartsOf = (report: string) =>
      world.liveQueries(report).reduce((sum, row) => sum + world.liveCharts(row.token).length, 0);
    const withQueries = reports.filter((report) => world.liveQueries(report.token).length > 0);
    const withCharts = withQueries.filter((report) => report.chartCountMissing || chartsOf(report.token) > 0);
    const expected =
      Math.ceil(120 / 30) +
      collections.reduce((sum, collection) => sum + Math.ceil(reportsOf(collection.token).length / 30) + 1, 0) +
      withQueries.length +
      withCharts.reduce((sum, report) => sum + world.liveQueries(report.token).length, 0) +
      1 + // data sources
      1; // members
    expect(ledger.entries.length).toBe(expected);
    expect(answer.extensions?.upstream.calls).toEqual({ rest: expected, discovery: 0 });
  });

  it('never asks anything twice', () => {
    expect([...mode.ledger.duplicates()]).toEqual([]);
  });

  it('never has more than 40 calls arrive in 10 seconds, and is never refused', () => {
    expect(mode.ledger.maxInWindow(10_000)).toBeLessThanOrEqual(40);
    expect(mode.ledger.countByStatus()).toEqual({ 200: mode.ledger.entries.length });
  });

  it('spends a free window at once rather than pace itself', () => {
    expect(mode.ledger.maxInWindow(10_000)).toBe(40);
    expect(mode.ledger.maxConcurrency()).toBe(4);
  });
});
