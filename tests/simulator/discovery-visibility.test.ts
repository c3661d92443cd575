import { TestDiscovery } from './test-discovery.ts';
import { first, TestMode, tokens } from './test-mode.ts';

let test: TestMode;
let discovery: TestDiscovery;

beforeAll(async () => {
  test = await TestMode.start({ size: { queries: 900, charts: 900 } });
  discovery = new TestDiscovery(test);
});
afterAll(() => test.mode.close());
afterEach(() => {
  Object.assign(test.mode.behaviour, { discoveryArchived: true, discoveryDatasets: true });
  test.mode.world.deleted.clear();
  test.mode.rebuildDiscovery();
});

function isPrivate(reportToken: unknown): boolean {
  const { world } = test.mode;
  const report = world.reportByToken.get(String(reportToken));
  return world.collectionByToken.get(report?.collectionToken ?? '')?.type === 'private';
}

describe('private collections', () => {
  it.each([
    ['reports', 'token'],
    ['queries', 'report_token'],
    ['charts', 'report_token'],
    ['report_stats', 'report_token'],
  ])('keep their %s out of the list, unless all are asked for', async (list, field) => {
    const open = await discovery.walk(list);
    const all = await discovery.walk(`${list}?include_spaces=all`);
    expect(open.some((row) => isPrivate(row[field]))).toBe(false);
    expect(all.filter((row) => !isPrivate(row[field]))).toEqual(open);
    expect(all.length).toBeGreaterThan(open.length);
    expect(await discovery.walk(`${list}?include_spaces=some`)).toEqual(open);
  });

  it('are never listed themselves, so that rows may name collections nobody listed', async () => {
    const spaces = await discovery.rows('spaces?include_spaces=all');
    expect(spaces).toEqual(await discovery.rows('spaces'));
    expect(spaces).toHaveLength(test.mode.world.collections.filter(({ type }) => type !== 'private').length);
    const listed = new Set(tokens(spaces));
    const dangling = (await discovery.rows('reports?include_spaces=all')).filter(
      (row) => !listed.has(String(row.space_token)),
    );
    expect(dangling.length).toBeGreaterThan(0);
    const open = await discovery.rows('reports');
    expect(open.every((row) => listed.has(String(row.space_token)))).toBe(true);
  });
});

describe('archived reports and datasets', () => {
  it.each([
    ['discoveryArchived', (archived: boolean) => archived],
    ['discoveryDatasets', (_archived: boolean, type: string) => type === 'DatasetReport'],
  ] as const)('are there, or %s leaves them out with what they hold', async (name, concerns) => {
    const { world, behaviour } = test.mode;
    const concerned = new Set(
      world.reports.filter(({ archived, type }) => concerns(archived, type)).map(({ token }) => token),
    );
    const counted = async (): Promise<[number, number]> => {
      const reports = await discovery.walk('reports?include_spaces=all');
      const queries = await discovery.walk('queries?include_spaces=all');
      return [
        reports.filter(({ token }) => concerned.has(token)).length,
        queries.filter((row) => concerned.has(String(row.report_token))).length,
      ];
    };
    const [reports, queries] = await counted();
    expect([reports, queries > 0]).toEqual([concerned.size, true]);
    behaviour[name] = false;
    expect(await counted()).toEqual([0, 0]);
  });
});

it('leaves out what was deleted, and what that held', async () => {
  const { world } = test.mode;
  const report = first(world.reports, ({ token }) => world.liveQueries(token).length > 0 && !isPrivate(token));
  world.deleted.set(report.token, 'gone');
  test.mode.rebuildDiscovery();
  expect(tokens(await discovery.walk('reports'))).not.toContain(report.token);
  const queries = await discovery.walk('queries');
  expect(queries.some((row) => row.report_token === report.token)).toBe(false);
});
