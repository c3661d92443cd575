import { first, TestMode, tokens } from './test-mode.ts';

let test: TestMode;

beforeAll(async () => {
  test = await TestMode.start({ size: { reports: 900 } });
});
afterAll(() => test.mode.close());

function pathOf(count: (reports: number) => boolean): { path: string; expected: string[] } {
  const { world } = test.mode;
  const held = (token: string): string[] => tokens(world.reportsByCollection.get(token) ?? []);
  const row = first(world.collections, ({ token }) => count(held(token).length));
  return { path: `/api/acme/spaces/${row.token}/reports`, expected: held(row.token) };
}

describe('the reports of a collection', () => {
  it('come thirty a page whatever is asked, with no counters and no next link, up to an empty page', async () => {
    const { path, expected } = pathOf((count) => count > 60);
    const { body } = await test.get(`${path}?per_page=5`);
    expect(body._embedded.reports).toHaveLength(30);
    expect(body.pagination).toBeUndefined();
    expect(Object.keys(body._links)).toEqual(['self']);
    expect(tokens(await test.walk(path, 'reports'))).toEqual(expected);
  });

  it('need a second call to know that thirty were all', async () => {
    const { path } = pathOf((count) => count === 30);
    expect(await test.rows(path, 'reports')).toHaveLength(30);
    expect(await test.rows(`${path}?page=2`, 'reports')).toHaveLength(0);
  });

  it('end in either of two shapes', async () => {
    const { path } = pathOf((count) => count === 0);
    expect((await test.get(path)).body._embedded).toEqual({ reports: [] });
    test.mode.behaviour.emptyPage = 'emptyEmbedded';
    expect((await test.get(path)).body._embedded).toEqual({});
    test.mode.behaviour.emptyPage = 'emptyList';
  });

  it('include archived ones and datasets, and take no notice of filters or orders', async () => {
    const { path, expected } = pathOf((count) => count > 60);
    const rows = await test.walk(`${path}?filter=updated_at.gt.2026-01-01&order=asc&order_by=created_at`, 'reports');
    expect(tokens(rows)).toEqual(expected);
    expect(rows.some((row) => row.archived === true)).toBe(true);
    expect(rows.some((row) => row.type === 'DatasetReport')).toBe(true);
  });

  it('can be narrowed to datasets, under the same key', async () => {
    const { path } = pathOf((count) => count > 60);
    const all = await test.walk(path, 'reports');
    const datasets = await test.walk(path.replace(/reports$/, 'datasets'), 'reports');
    expect(tokens(datasets)).toEqual(tokens(all.filter((row) => row.type === 'DatasetReport')));
    expect(datasets.length).toBeGreaterThan(0);
  });
});

describe('one report', () => {
  it('is the row its list shows', async () => {
    const { path } = pathOf((count) => count > 5);
    const [listed] = await test.rows(path, 'reports');
    expect((await test.get(listed?._links.self?.href ?? '')).body).toEqual(listed);
  });

  it('tells the truth about itself', async () => {
    const { world } = test.mode;
    const row = first(
      world.reports,
      ({ token, lastRunToken }) => world.liveQueries(token).length > 2 && lastRunToken !== null,
    );
    const { body } = await test.get(`/api/acme/reports/${row.token}`);
    const queries = world.liveQueries(row.token);
    expect(body).toMatchObject({
      token: row.token,
      id: String(row.id),
      name: row.name,
      space_token: row.collectionToken,
      account_username: 'acme',
      query_count: queries.length,
      chart_count: queries.reduce((sum, query) => sum + world.liveCharts(query.token).length, 0),
      view_count: row.viewCount,
      last_successful_run_token: row.lastSuccessfulRunToken,
    });
    expect(body._links.creator?.href).toBe(`/api/${row.creatorUsername}`);
    expect(body._links.web?.href).toBe(`https://app.mode.com/acme/reports/${row.token}`);
    expect(body._links.last_run?.href).toBe(`/api/acme/reports/${row.token}/runs/${row.lastRunToken ?? ''}`);
    for (const email of world.members.map((member) => member.email)) expect(JSON.stringify(body)).not.toContain(email);
  });

  it('answers as a dataset only if it is one', async () => {
    const { reports } = test.mode.world;
    const dataset = first(reports, (row) => row.type === 'DatasetReport');
    const ordinary = first(reports, (row) => row.type === 'Report');
    const both = [
      await test.get(`/api/acme/datasets/${dataset.token}`),
      await test.get(`/api/acme/reports/${dataset.token}`),
    ];
    expect(both[0]?.body).toEqual(both[1]?.body);
    expect(await test.status(`/api/acme/datasets/${ordinary.token}`)).toBe(404);
  });

  it('leaves out the chart count of some datasets', async () => {
    const row = first(test.mode.world.reports, ({ chartCountMissing }) => chartCountMissing);
    expect((await test.get(`/api/acme/reports/${row.token}`)).body.chart_count).toBeNull();
  });
});

describe('runs', () => {
  it('come newest first, twenty a page, thirty at most, with counters', async () => {
    const row = first(test.mode.world.reports, ({ runsCount }) => runsCount > 45);
    const path = `/api/acme/reports/${row.token}/runs`;
    const { body } = await test.get(path);
    expect(body.pagination).toEqual({
      page: 1,
      per_page: 20,
      count: 20,
      total_pages: Math.ceil(row.runsCount / 20),
      total_count: row.runsCount,
    });
    expect((await test.get(`${path}?per_page=99`)).body.pagination?.per_page).toBe(30);
    const all = await test.walk(path, 'report_runs');
    expect(new Set(tokens(all)).size).toBe(row.runsCount);
    const times = all.map((run) => String(run.created_at));
    expect(times).toEqual(times.toSorted().toReversed());
    expect(all[0]).toMatchObject({ token: row.lastRunToken, state: row.lastRunState, is_latest_report_run: true });
    expect((await test.get(`${path}/${row.lastSuccessfulRunToken ?? ''}`)).body.is_latest_successful_report_run).toBe(
      true,
    );
    expect(await test.status(`${path}/000000000000`)).toBe(404);
  });

  it('are none for a report that never ran', async () => {
    const row = first(test.mode.world.reports, ({ lastRunToken }) => lastRunToken === null);
    const { body } = await test.get(`/api/acme/reports/${row.token}/runs`);
    expect(body._embedded.report_runs).toEqual([]);
    expect(body.pagination).toMatchObject({ count: 0, total_count: 0 });
    expect((await test.get(`/api/acme/reports/${row.token}`)).body._links.last_run).toBeUndefined();
  });
});
