import { bearer, LISTS, rowsOf, TestDiscovery } from './test-discovery.ts';
import { TestMode, tokens } from './test-mode.ts';

let test: TestMode;
let discovery: TestDiscovery;

beforeAll(async () => {
  test = await TestMode.start({ size: { reports: 700, queries: 2100, charts: 2500, members: 30, collections: 40 } });
  discovery = new TestDiscovery(test);
});
afterAll(() => test.mode.close());
afterEach(() => {
  Object.assign(test.mode.behaviour, {
    discoveryPerPage: 'below1000',
    discoveryPageSize: 1000,
    discoveryEdgeLinks: 'clamped',
    discoveryMembersKey: 'members',
  });
});

describe('the envelope', () => {
  it('is flat: counters, rows and two links', async () => {
    const { status, headers, body } = await discovery.ask('queries?include_spaces=all&page=2');
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(Object.keys(body)).toEqual(['pagination', 'queries', '_links']);
    expect(body.pagination).toEqual({ page: 2, per_page: 1000, count: 1000, total_pages: 3, total_count: 2100 });
    expect(rowsOf(body)).toHaveLength(1000);
    // What was asked about private collections is forgotten on the way.
    expect(body._links).toEqual({
      next_page: { href: '/batch/acme/queries?page=3&per_page=1000' },
      prev_page: { href: '/batch/acme/queries?page=1&per_page=1000' },
    });
  });

  it.each(LISTS)('is the same for %s', async (list) => {
    const { status, body } = await discovery.ask(list);
    expect([status, Object.keys(body)]).toEqual([200, ['pagination', list, '_links']]);
    expect(body.pagination.count).toBe(rowsOf(body).length);
    expect(body.pagination.total_count).toBeGreaterThan(0);
  });

  it('clamps the links at both ends, or leaves them out', async () => {
    const first = await discovery.ask('spaces');
    expect(first.body._links.prev_page?.href).toBe('/batch/acme/spaces?page=1&per_page=1000');
    expect(first.body._links.next_page?.href).toBe('/batch/acme/spaces?page=1&per_page=1000');
    test.mode.behaviour.discoveryEdgeLinks = 'absent';
    expect((await discovery.ask('spaces')).body._links).toEqual({});
    expect(Object.keys((await discovery.ask('queries?page=2')).body._links)).toEqual(['next_page', 'prev_page']);
  });

  it('calls members by either name', async () => {
    test.mode.behaviour.discoveryMembersKey = 'memberships';
    expect(Object.keys((await discovery.ask('members')).body)).toContain('memberships');
  });
});

describe('pages', () => {
  it('hold every row once', async () => {
    for (const size of ['', '&per_page=999', '&per_page=251']) {
      const rows = await discovery.walk(`charts?include_spaces=all${size}`);
      expect(tokens(rows)).toEqual(tokens(test.mode.world.charts));
    }
  });

  it('past the end are empty and keep the counters', async () => {
    const { status, body } = await discovery.ask('queries?page=9&include_spaces=all');
    expect(status).toBe(200);
    expect(body.queries).toEqual([]);
    expect(body.pagination).toEqual({ page: 9, per_page: 1000, count: 0, total_pages: 3, total_count: 2100 });
    expect(body._links.prev_page?.href).toContain('page=3');
  });

  it.each(['1000', '1001', '0', '-1', 'many', '', '10.5'])('refuse per_page=%s', async (size) => {
    const { status, body } = await discovery.ask(`reports?per_page=${size}`);
    expect([status, body.id]).toEqual([400, 'bad_request']);
  });

  it.each(['0', '-1', 'two'])('refuse page=%s', async (page) => {
    expect(await discovery.status(`reports?page=${page}`)).toBe(400);
  });

  it('can be of 1,000 rows, and then of no more', async () => {
    test.mode.behaviour.discoveryPerPage = 'upTo1000';
    expect(await discovery.status('reports?per_page=1000')).toBe(200);
    expect(await discovery.status('reports?per_page=1001')).toBe(400);
  });

  it('can be small without being asked to', async () => {
    test.mode.behaviour.discoveryPageSize = 10;
    const { body } = await discovery.ask('reports');
    expect(body.pagination).toMatchObject({ per_page: 10, count: 10 });
    expect(body._links.next_page?.href).toBe('/batch/acme/reports?page=2&per_page=10');
  });
});

it('has no other paths, and no other workspace', async () => {
  for (const path of ['datasets', 'reports/abc', 'signature_tokens/a/b', '']) {
    expect([path, await discovery.status(path)]).toEqual([path, path.startsWith('signature') ? 401 : 404]);
  }
  const response = await fetch(`${test.mode.url}/batch/other/reports`, {
    headers: { authorization: bearer(test.mode.discovery) },
  });
  expect(response.status).toBe(404);
  expect((await discovery.ask('reports', undefined, { method: 'POST', body: '{}' })).status).toBe(405);
});
