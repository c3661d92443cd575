import { first, openHouse, type House } from './house.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse({
    simulator: { size: { collections: 8, reports: 60 }, behaviour: { weight: 'full' } },
  });
});
afterAll(() => house.mode.close());
afterEach(() => {
  house.mode.faults.clear();
  house.mode.behaviour.ids = 'strings';
});

async function readReports(keepLayout = false): Promise<readonly { token: string; layout: string | null }[]> {
  const collection = first(house.mode.world.reportsByCollection.keys());
  return (await house.rest.listReports(collection, { keepLayout }, house.context)) ?? [];
}

it.each(['strings', 'numbers'] as const)('ids are text, though Mode sends %s', async (ids) => {
  house.mode.behaviour.ids = ids;
  const { world } = house.mode;
  const query = first(world.queries, (row) => row.lastRunId !== null);
  const source = world.dataSourceByToken.get(query.dataSourceToken);
  const record = await house.rest.readReportQuery({ report: query.reportToken, query: query.token }, house.context);
  expect(record).toMatchObject({
    modeId: String(query.id),
    lastRunId: String(query.lastRunId),
    dataSourceId: String(source?.id),
    explorationsCount: query.explorationsCount,
    sql: query.rawQuery,
    creatorUsername: query.creatorUsername,
  });
  const sources = await house.rest.listDataSources(house.context);
  expect(sources.map((row) => row.modeId)).toEqual(world.dataSources.map((row) => String(row.id)));
});

it('a report says all that Mode says of it', async () => {
  const row = first(house.mode.world.reports, ({ lastRunToken }) => lastRunToken !== null);
  const record = await house.rest.readReport(row.token, { keepLayout: false }, house.context);
  expect(record).toMatchObject({
    kind: 'Report',
    token: row.token,
    name: row.name,
    description: row.description,
    type: row.type,
    collectionToken: row.collectionToken,
    creatorUsername: row.creatorUsername,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    lastRunAt: row.lastRunAt,
    lastRunToken: row.lastRunToken,
    lastSuccessfulRunToken: row.lastSuccessfulRunToken,
    archived: row.archived,
    runsCount: row.runsCount,
    viewCount: row.viewCount,
    layout: null,
    provenance: { source: 'REST' },
  });
  expect(record?.webUrl).toMatch(/^https:\/\/app\.mode\.com\/acme\//);
});

it('a collection without a name has none', async () => {
  const row = first(house.mode.world.collections);
  row.name = null;
  expect(await house.rest.readCollection(row.token, house.context)).toMatchObject({ name: null, type: row.type });
});

it('the title of a chart is decoded', async () => {
  const row = first(house.mode.world.charts);
  row.title = 'Revenue & "margin" <by> Ann’s team &amp; others';
  const { reportToken: report, queryToken: query, token: chart } = row;
  const record = await house.rest.readChart({ report, query, chart }, house.context);
  expect(record).toMatchObject({ title: row.title, type: row.type, viewVersion: 2, view: {} });
  row.title = '';
  expect((await house.rest.readChart({ report, query, chart }, house.context))?.title).toBeNull();
});

it('no record carries links, forms or a layout nobody asked for', async () => {
  const { rest, context, mode } = house;
  const { reportToken: report, queryToken: query } = first(mode.world.charts);
  const records = [
    await rest.readWorkspace(context),
    ...(await rest.listCollections(context)),
    ...(await readReports()),
    ...((await rest.listReportQueries(report, context)) ?? []),
    ...((await rest.listCharts({ report, query }, context)) ?? []),
    ...(await rest.listDataSources(context)),
    ...(await rest.listMembers(context)),
  ];
  for (const record of records) {
    const keys = Object.keys(record);
    expect(keys).not.toContain('_links');
    expect(keys).not.toContain('_forms');
    expect('layout' in record ? record.layout : null).toBeNull();
  }
});

it('a layout is kept when it is asked for', async () => {
  const kept = await readReports(true);
  expect(kept.length).toBeGreaterThan(0);
  for (const { layout } of kept) expect(layout).toContain('<');
});

it('a data source tells nothing that helps to reach the database', async () => {
  const secrets = house.mode.world.dataSources.flatMap(({ host, username }) => [host, username]);
  const rows = await house.rest.listDataSources(house.context);
  for (const row of rows) {
    for (const key of ['host', 'port', 'username', 'ssl', 'provider', 'custom_attributes', 'ldap', 'warehouse']) {
      expect(row).not.toHaveProperty(key);
    }
  }
  for (const secret of secrets) expect(JSON.stringify(rows)).not.toContain(`"${secret}"`);
});

it('what Mode leaves out is null, as far as rows can do without it', async () => {
  const { token } = first(house.mode.world.reports);
  house.mode.faults.inject({ match: `/reports/${token}`, kind: 'mutate', mutate: () => ({ token }) });
  const record = await house.rest.readReport(token, { keepLayout: true }, house.context);
  const { kind, token: named, provenance, ...facts } = record ?? {};
  expect([kind, named, provenance?.source]).toEqual(['Report', token, 'REST']);
  expect(Object.values(facts).filter((fact) => fact !== null)).toEqual([]);
});

it.each([
  ['2024-01-02T03:04:05.678Z', '2024-01-02T03:04:05.678Z'],
  ['2024-01-02T03:04:05Z', '2024-01-02T03:04:05.000Z'],
  ['2024-01-02T03:04:05.678901Z', '2024-01-02T03:04:05.678Z'],
  ['2024-01-02T03:04:05.678+02:00', '2024-01-02T01:04:05.678Z'],
  ['2024-01-02T03:04:05-0500', '2024-01-02T08:04:05.000Z'],
  ['2024-01-02T03:04:05', '2024-01-02T03:04:05.000Z'],
  ['2024-01-02 03:04:05', '2024-01-02T03:04:05.000Z'],
  ['2024-01-02', '2024-01-02T00:00:00.000Z'],
])('the time %s is %s', async (sent, kept) => {
  const row = first(house.mode.world.reports);
  row.createdAt = sent;
  const record = await house.rest.readReport(row.token, { keepLayout: false }, house.context);
  expect(record?.createdAt).toBe(kept);
});
