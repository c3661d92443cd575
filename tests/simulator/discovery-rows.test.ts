import { TestDiscovery, type Row } from './test-discovery.ts';
import { first, TestMode } from './test-mode.ts';

let test: TestMode;
let discovery: TestDiscovery;

beforeAll(async () => {
  test = await TestMode.start();
  discovery = new TestDiscovery(test);
});
afterAll(() => test.mode.close());
afterEach(() => {
  Object.assign(test.mode.behaviour, { ids: 'strings', discoveryChartTitles: 'plain' });
});

async function byToken(path: string): Promise<Map<string, Row>> {
  return new Map((await discovery.walk(path)).map((row) => [row.token, row]));
}

function emailOf(username: string): string | undefined {
  return test.mode.world.memberByUsername.get(username)?.email;
}

it('tells spaces', async () => {
  const rows = await byToken('spaces');
  const truth = first(test.mode.world.collections, ({ type }) => type === 'custom');
  expect(rows.get(truth.token)).toEqual({
    id: String(truth.id),
    token: truth.token,
    name: truth.name,
    description: truth.description,
    space_type: 'custom',
    default_access: truth.defaultAccessLevel,
    space_url: `/api/acme/spaces/${truth.token}`,
  });
});

it('tells reports, with more about the last run than the REST service', async () => {
  const { world } = test.mode;
  const rows = await byToken('reports?include_spaces=all');
  for (const truth of world.reports) {
    expect(rows.get(truth.token)).toEqual({
      id: String(truth.id),
      token: truth.token,
      name: truth.name,
      description: truth.description,
      created_at: truth.createdAt,
      edited_at: truth.editedAt,
      updated_at: truth.updatedAt,
      last_successfully_run_at: truth.lastSuccessfullyRunAt,
      last_viewed_at: truth.lastViewedAt,
      last_run_at: truth.lastRunAt,
      last_run_token: truth.lastRunToken,
      last_run_state: truth.lastRunState,
      creator_email: emailOf(truth.creatorUsername),
      space_id: String(world.collectionByToken.get(truth.collectionToken)?.id),
      space_token: truth.collectionToken,
      report_url: `/api/acme/reports/${truth.token}`,
    });
  }
  expect([...rows.values()].some(({ name }) => name === null)).toBe(true);
});

it('tells what the REST service tells, where both do', async () => {
  const { world } = test.mode;
  const report = first(
    world.reports,
    ({ token, lastRunToken }) => lastRunToken !== null && world.liveQueries(token).length > 0,
  );
  const listed = (await byToken('reports?include_spaces=all')).get(report.token);
  const { body } = await test.get(String(listed?.report_url));
  for (const field of ['id', 'name', 'created_at', 'updated_at', 'edited_at', 'last_run_at', 'space_token']) {
    expect([field, listed?.[field]]).toEqual([field, body[field]]);
  }
  expect(body._links.last_run?.href).toContain(listed?.last_run_token);
  const run = await test.get(String(body._links.last_run?.href));
  expect(run.body.state).toBe(listed?.last_run_state);
  const stats = await discovery.rows('report_stats?include_spaces=all');
  expect(stats.find(({ report_token }) => report_token === report.token)?.view_count).toBe(body.view_count);
  const [query] = await test.rows(`/api/acme/reports/${report.token}/queries`, 'queries');
  const row = (await byToken('queries?include_spaces=all')).get(String(query?.token));
  expect([row?.id, row?.name, row?.raw_query]).toEqual([query?.id, query?.name, query?.raw_query]);
});

it('tells queries, with the tokens of everything they belong to', async () => {
  const { world } = test.mode;
  const rows = await byToken('queries?include_spaces=all');
  for (const truth of world.queries.slice(0, 200)) {
    const report = world.reportByToken.get(truth.reportToken);
    expect(rows.get(truth.token)).toEqual({
      id: String(truth.id),
      token: truth.token,
      name: truth.name,
      raw_query: truth.rawQuery,
      creator_email: emailOf(truth.creatorUsername),
      data_source_token: truth.dataSourceToken,
      report_id: String(report?.id),
      report_token: truth.reportToken,
      space_id: String(world.collectionByToken.get(report?.collectionToken ?? '')?.id),
      space_token: report?.collectionToken,
    });
  }
  expect([...rows.values()].some(({ name }) => name === null)).toBe(true);
});

it('tells charts, with their report’s author', async () => {
  const { world } = test.mode;
  const rows = await byToken('charts?include_spaces=all');
  expect(rows.size).toBe(world.charts.length);
  for (const truth of world.charts.slice(0, 200)) {
    const report = world.reportByToken.get(truth.reportToken);
    const query = world.queryByToken.get(truth.queryToken);
    expect(rows.get(truth.token)).toEqual({
      id: String(truth.id),
      token: truth.token,
      chart_type: truth.type,
      chart_title: truth.title,
      query_id: String(query?.id),
      query_token: truth.queryToken,
      report_id: String(report?.id),
      report_token: truth.reportToken,
      space_id: String(world.collectionByToken.get(report?.collectionToken ?? '')?.id),
      space_token: report?.collectionToken,
      report_creator_email: emailOf(report?.creatorUsername ?? ''),
      exploration_url: query?.explorationsCount
        ? (expect.stringMatching(/^\/api\/acme\/explorations\/\w{12}$/) as string)
        : null,
    });
  }
  const titled = first(world.charts, ({ title }) => title.includes('&'));
  test.mode.behaviour.discoveryChartTitles = 'encoded';
  const encoded = (await byToken('charts?include_spaces=all')).get(titled.token);
  expect(encoded?.chart_title).toBe(titled.title.replaceAll('&', '&amp;'));
});

it('writes every id as a string or every id as a number', async () => {
  const types = async (): Promise<Set<string>> => {
    const seen = new Set<string>();
    for (const list of ['spaces', 'reports', 'queries', 'charts', 'report_stats', 'members']) {
      for (const [field, value] of Object.entries((await discovery.rows(list))[0] ?? {})) {
        if (field === 'id' || field.endsWith('_id')) seen.add(typeof value);
      }
    }
    return seen;
  };
  expect(await types()).toEqual(new Set(['string']));
  test.mode.behaviour.ids = 'numbers';
  expect(await types()).toEqual(new Set(['number']));
});
