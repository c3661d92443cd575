import { TestDiscovery } from './test-discovery.ts';
import { first, TestMode, tokens } from './test-mode.ts';

let test: TestMode;
let discovery: TestDiscovery;

beforeEach(async () => {
  test = await TestMode.start({ size: { reports: 40, queries: 60, charts: 60, collections: 12, members: 5 } });
  discovery = new TestDiscovery(test);
});
afterEach(() => test.mode.close());

it('shows the world as it was until it is rebuilt', async () => {
  const { world } = test.mode;
  const [gone, renamed, moved] = world.reports;
  const home = first(world.collections, ({ type, token }) => type === 'custom' && token !== moved?.collectionToken);
  const before = await discovery.walk('reports?include_spaces=all');
  const stats = await discovery.walk('report_stats?include_spaces=all');

  const added = world.addReport(home.token, { name: 'Fresh' });
  world.renameReport(renamed?.token ?? '', 'Renamed');
  world.moveReport(moved?.token ?? '', home.token);
  renamed?.editorUsernames.push(world.member.username);
  world.removeReport(gone?.token ?? '');
  expect(await discovery.walk('reports?include_spaces=all')).toEqual(before);
  expect(await discovery.walk('report_stats?include_spaces=all')).toEqual(stats);
  expect((await test.get(`/api/acme/reports/${added.token}`)).body.name).toBe('Fresh');
  expect(await test.status(`/api/acme/reports/${gone?.token ?? ''}`)).toBe(404);

  test.mode.rebuildDiscovery();
  const after = new Map((await discovery.walk('reports?include_spaces=all')).map((row) => [row.token, row]));
  expect(after.size).toBe(before.length);
  expect(after.get(added.token)).toMatchObject({ name: 'Fresh', space_token: home.token });
  expect(after.get(renamed?.token ?? '')?.name).toBe('Renamed');
  expect(after.get(moved?.token ?? '')?.space_token).toBe(home.token);
  expect(after.has(gone?.token ?? '')).toBe(false);
});

it('knows nothing of deletions until then', async () => {
  const { world } = test.mode;
  const report = first(world.reports);
  world.deleted.set(report.token, 'gone');
  expect(tokens(await discovery.walk('reports?include_spaces=all'))).toContain(report.token);
  test.mode.rebuildDiscovery();
  expect(tokens(await discovery.walk('reports?include_spaces=all'))).not.toContain(report.token);
  world.deleted.clear();
  expect(tokens(await discovery.walk('reports?include_spaces=all'))).not.toContain(report.token);
});

it('can be rebuilt from another process', async () => {
  const { token } = first(test.mode.world.reports);
  test.mode.world.renameReport(token, 'From afar');
  const response = await fetch(`${test.mode.url}/_simulator/discovery/rebuild`, { method: 'POST' });
  expect(response.status).toBe(200);
  const row = (await discovery.walk('reports?include_spaces=all')).find((each) => each.token === token);
  expect(row?.name).toBe('From afar');
});

describe('with the default world', () => {
  let large: TestMode;
  let lists: TestDiscovery;

  beforeAll(async () => {
    const size = { collections: 120, reports: 4146, queries: 12_438, charts: 18_657, members: 140 };
    large = await TestMode.start({ seed: 1, size });
    lists = new TestDiscovery(large);
  });
  afterAll(() => large.mode.close());

  it('is told whole in five, thirteen and nineteen pages', async () => {
    const pages: number[] = [];
    for (const list of ['reports', 'queries', 'charts']) {
      const { body } = await lists.ask(`${list}?include_spaces=all`);
      pages.push(body.pagination.total_pages);
    }
    expect(pages).toEqual([5, 13, 19]);
  });
});
