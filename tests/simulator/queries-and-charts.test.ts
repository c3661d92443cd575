import { first, TestMode, tokens } from './test-mode.ts';

let test: TestMode;

beforeAll(async () => {
  test = await TestMode.start();
});
afterAll(() => test.mode.close());
afterEach(() => {
  Object.assign(test.mode.behaviour, { checkParents: false, unpagedLists: 'repeat', ids: 'strings' });
});

function busyReport(): { report: string; query: string; chart: string } {
  const { world } = test.mode;
  const chart = first(world.charts);
  return { report: chart.reportToken, query: chart.queryToken, chart: chart.token };
}

describe('lists that do not page', () => {
  it('answer everything to any page', async () => {
    const { report, query } = busyReport();
    const { world } = test.mode;
    const queries = `/api/acme/reports/${report}/queries`;
    const charts = `${queries}/${query}/charts`;
    for (const suffix of ['', '?page=1', '?page=2', '?page=9&per_page=1']) {
      expect(tokens(await test.rows(queries + suffix, 'queries'))).toEqual(tokens(world.liveQueries(report)));
      expect(tokens(await test.rows(charts + suffix, 'charts'))).toEqual(tokens(world.liveCharts(query)));
      expect(tokens(await test.rows(`/api/acme/data_sources${suffix}`, 'data_sources'))).toEqual(
        tokens(world.dataSources),
      );
    }
    expect((await test.get(`${queries}?page=1`)).body.pagination).toBeUndefined();
    test.mode.behaviour.unpagedLists = 'endAfterFirst';
    expect(await test.rows(`${queries}?page=2`, 'queries')).toEqual([]);
  });

  it('give an empty list to a report without queries', async () => {
    const { world } = test.mode;
    const row = first(world.reports, ({ token }) => world.liveQueries(token).length === 0);
    expect((await test.get(`/api/acme/reports/${row.token}/queries`)).body._embedded).toEqual({ queries: [] });
  });
});

describe('parents', () => {
  it('are not checked, and the links tell the true ones', async () => {
    const { report, query, chart } = busyReport();
    const wrong = `/api/acme/reports/ffffffffffff/queries/${query}`;
    const truth = `/api/acme/reports/${report}/queries/${query}`;
    expect((await test.get(wrong)).body._links.self?.href).toBe(truth);
    expect((await test.get(wrong)).body._links.report?.href).toBe(`/api/acme/reports/${report}`);
    expect(await test.rows(`${wrong}/charts`, 'charts')).toEqual(await test.rows(`${truth}/charts`, 'charts'));
    const lost = await test.get(`/api/acme/reports/ffffffffffff/queries/eeeeeeeeeeee/charts/${chart}`);
    expect(lost.body._links.self?.href).toBe(`${truth}/charts/${chart}`);
  });

  it('are checked when switched on', async () => {
    const { report, query, chart } = busyReport();
    test.mode.behaviour.checkParents = true;
    expect(await test.status(`/api/acme/reports/${report}/queries/${query}/charts/${chart}`)).toBe(200);
    expect(await test.status(`/api/acme/reports/ffffffffffff/queries/${query}`)).toBe(404);
    expect(await test.status(`/api/acme/reports/ffffffffffff/queries/${query}/charts`)).toBe(404);
    expect(await test.status(`/api/acme/reports/${report}/queries/ffffffffffff/charts/${chart}`)).toBe(404);
  });
});

describe('a query', () => {
  it('names its data source by number, which the data source list resolves', async () => {
    const row = first(test.mode.world.queries);
    const { body } = await test.get(`/api/acme/reports/${row.reportToken}/queries/${row.token}`);
    const sources = await test.rows('/api/acme/data_sources', 'data_sources');
    const source = first(sources, (candidate) => candidate.id === body.data_source_id);
    expect(source.token).toBe(row.dataSourceToken);
    expect(await test.status(`/api/acme/data_sources/${row.dataSourceToken}`)).toBe(200);
    expect(await test.status(`/api/acme/data_sources/${String(source.id)}`)).toBe(404);
    expect(body.raw_query).toBe(row.rawQuery);
    expect(body.report_token).toBeUndefined();
  });

  it('links no charts when a dataset holds it', async () => {
    const { world } = test.mode;
    const query = first(world.queries, (row) => world.reportByToken.get(row.reportToken)?.type === 'DatasetReport');
    const { body } = await test.get(`/api/acme/reports/${query.reportToken}/queries/${query.token}`);
    expect(body._links.charts).toBeUndefined();
  });

  it('writes ids as strings or as numbers, and counts as numbers', async () => {
    const row = first(test.mode.world.queries, ({ lastRunId }) => lastRunId !== null);
    const path = `/api/acme/reports/${row.reportToken}/queries/${row.token}`;
    expect((await test.get(path)).body).toMatchObject({ id: String(row.id), last_run_id: String(row.lastRunId) });
    test.mode.behaviour.ids = 'numbers';
    expect((await test.get(path)).body).toMatchObject({
      id: row.id,
      last_run_id: row.lastRunId,
      explorations_count: row.explorationsCount,
    });
    expect(row.lastRunId).toBeGreaterThan(2 ** 31);
  });
});

describe('a chart', () => {
  it('has an entity-encoded title, an empty view and no id', async () => {
    const row = first(test.mode.world.charts, ({ title }) => title.includes('&'));
    const { body } = await test.get(
      `/api/acme/reports/${row.reportToken}/queries/${row.queryToken}/charts/${row.token}`,
    );
    expect(body.view_vegas).toMatchObject({ title: row.title.replace('&', '&amp;'), chartType: row.type });
    expect(body).toMatchObject({ view: {}, view_version: 2 });
    expect(body.id).toBeUndefined();
    expect(body._links.report_viz_web?.href).toBe(`/acme/reports/${row.reportToken}/viz/${row.token}`);
  });
});
