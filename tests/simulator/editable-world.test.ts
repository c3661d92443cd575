import { buildWorld, fullWorldSize, World, type EditableWorld } from '../../src/simulator/index.ts';
import { first, TestMode, tokens } from './test-mode.ts';

const SIZE = fullWorldSize({ collections: 12, reports: 40, queries: 80, charts: 120, members: 6, dataSources: 2 });

let world: EditableWorld;

beforeEach(() => {
  world = buildWorld(3, 'acme', SIZE);
});

/** What a world indexes, children in any order: moving changes their order and a fresh index does not know. */
function indexes(of: World): unknown {
  const children = (map: Map<string, { token: string }[]>): unknown =>
    [...map].map(([token, rows]) => [token, tokens(rows).toSorted()]).toSorted();
  return [
    [...of.collectionByToken.keys()].toSorted(),
    [...of.reportByToken.keys()].toSorted(),
    [...of.queryByToken.keys()].toSorted(),
    [...of.chartByToken.keys()].toSorted(),
    children(of.reportsByCollection),
    children(of.queriesByReport),
    children(of.chartsByQuery),
  ];
}

function expectSound(): void {
  expect(indexes(world)).toEqual(indexes(new World(world)));
}

it('adds a row of every kind', () => {
  const collection = world.addCollection({ name: 'Lab' });
  const report = world.addReport(collection.token, { name: null, archived: true });
  const query = world.addQuery(report.token, { rawQuery: 'SELECT 1' });
  const chart = world.addChart(query.token, { title: 'One' });
  expect(report).toMatchObject({ name: null, archived: true, collectionToken: collection.token });
  expect(chart).toMatchObject({ title: 'One', queryToken: query.token, reportToken: report.token });
  expect(world.canSee('member', chart.token)).toBe(true);
  const all = [collection, report, query, chart].map(({ token }) => token);
  expect(new Set(all).size).toBe(4);
  expect(all.every((token) => /^[0-9a-f]{12}$/.test(token))).toBe(true);
  expectSound();
});

it('removes a row with all it holds', () => {
  const report = first(world.reports, ({ token }) =>
    world.liveQueries(token).some((query) => world.liveCharts(query.token).length > 1),
  );
  const [query] = world.liveQueries(report.token);
  world.removeReport(report.token);
  expect(world.row(report.token)).toBeUndefined();
  expect(world.queries.some(({ reportToken }) => reportToken === report.token)).toBe(false);
  expect(world.charts.some(({ reportToken }) => reportToken === report.token)).toBe(false);
  expect(world.row(query?.token ?? '')).toBeUndefined();
  const collection = first(world.collections, ({ token }) => (world.reportsByCollection.get(token)?.length ?? 0) > 1);
  world.removeCollection(collection.token);
  expect(world.reports.some(({ collectionToken }) => collectionToken === collection.token)).toBe(false);
  expectSound();
});

it('renames and moves, and says when', () => {
  const report = first(world.reports);
  const home = first(world.collections, ({ token }) => token !== report.collectionToken);
  const before = report.updatedAt;
  world.renameReport(report.token, 'Other');
  const renamed = report.updatedAt;
  world.moveReport(report.token, home.token);
  expect(report).toMatchObject({ name: 'Other', collectionToken: home.token });
  expect([before < renamed, renamed < report.updatedAt]).toEqual([true, true]);
  expect(world.reportsByCollection.get(home.token)?.at(-1)).toBe(report);
  expectSound();
});

it('knows what is not there, and what is there already', () => {
  const [collection] = world.collections;
  const [report] = world.reports;
  expect(() => world.addReport('nowhere')).toThrow(RangeError);
  expect(() => world.addReport(collection?.token ?? '', { token: report?.token ?? '' })).toThrow(RangeError);
  expect(() => world.moveReport(report?.token ?? '', 'nowhere')).toThrow(RangeError);
  for (const remove of ['removeReport', 'removeQuery', 'removeChart', 'removeCollection'] as const) {
    expect(() => world[remove]('nothing')).toThrow(RangeError);
  }
  expectSound();
});

it('does the same to two worlds', () => {
  const twin = buildWorld(3, 'acme', SIZE);
  const grow = (it: EditableWorld): unknown => it.addQuery(it.addReport(it.collections[0]?.token ?? '').token);
  expect(grow(world)).toEqual(grow(twin));
});

it('shows at once over REST', async () => {
  const test = await TestMode.start({ size: { reports: 5, collections: 4, members: 4 } });
  const truth = test.mode.world;
  const report = truth.addReport(truth.addCollection().token);
  const query = truth.addQuery(report.token);
  const chart = truth.addChart(query.token);
  const path = `/api/acme/reports/${report.token}/queries`;
  expect(tokens(await test.rows(`/api/acme/spaces/${report.collectionToken}/reports`, 'reports'))).toEqual([
    report.token,
  ]);
  expect(tokens(await test.rows(path, 'queries'))).toEqual([query.token]);
  expect(tokens(await test.rows(`${path}/${query.token}/charts`, 'charts'))).toEqual([chart.token]);
  truth.removeQuery(query.token);
  expect(await test.rows(path, 'queries')).toEqual([]);
  await test.mode.close();
});
