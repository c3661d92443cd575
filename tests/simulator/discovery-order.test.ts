import { TestDiscovery } from './test-discovery.ts';
import { TestMode, tokens } from './test-mode.ts';

let test: TestMode;
let discovery: TestDiscovery;

beforeEach(async () => {
  test = await TestMode.start({ size: { reports: 400, queries: 2100, charts: 0 } });
  discovery = new TestDiscovery(test);
});
afterEach(() => test.mode.close());

it('stays the same by default', async () => {
  expect(await discovery.walk('queries')).toEqual(await discovery.walk('queries'));
});

describe('shuffled', () => {
  beforeEach(() => {
    test.mode.behaviour.discoveryShuffle = true;
  });

  it('gives whoever reads page by page some rows twice, and misses as many', async () => {
    const seen = tokens(await discovery.walk('queries?include_spaces=all'));
    expect(seen).toHaveLength(2100);
    const different = new Set(seen).size;
    expect(different).toBeLessThan(2100 * 0.8);
    expect(different).toBeGreaterThan(2100 * 0.4);
  });

  it('has whole pages without a row twice', async () => {
    const page = tokens(await discovery.rows('queries?page=2'));
    expect(new Set(page).size).toBe(page.length);
  });

  it('is the same for the same seed and the same requests', async () => {
    const twin = await TestMode.start({
      size: { reports: 400, queries: 2100, charts: 0 },
      behaviour: { discoveryShuffle: true },
    });
    expect(await discovery.walk('queries')).toEqual(await new TestDiscovery(twin).walk('queries'));
    await twin.mode.close();
  });
});

describe('rotated', () => {
  beforeEach(() => {
    test.mode.behaviour.discoveryShuffle = 'rotate';
  });

  it.each([1, 2, 7, 30, 49, 51, 699, 999])('repeats rows and misses none, %i a page', async (size) => {
    const seen = tokens(await discovery.walk(`reports?include_spaces=all&per_page=${size}`));
    expect(new Set(seen)).toEqual(new Set(tokens(test.mode.world.reports)));
    expect(seen.length > 400).toBe(size > 1 && size < 400);
  });

  it('starts a page with the end of the one before, and counts every row once', async () => {
    const one = await discovery.ask('queries?include_spaces=all');
    const two = await discovery.ask('queries?include_spaces=all&page=2');
    const rows = [one, two].map(({ body }) => tokens(body.queries as { token: string }[]));
    expect(rows[1]?.slice(0, 20)).toEqual(rows[0]?.slice(-20));
    expect(one.body.pagination).toEqual({ page: 1, per_page: 1000, count: 1000, total_pages: 3, total_count: 2100 });
    const past = await discovery.ask('queries?include_spaces=all&page=4');
    expect(past.body.queries).toEqual([]);
  });
});
