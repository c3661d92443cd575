import { first, openHouse, type House } from './house.ts';

let house: House;
let collection: string;

beforeAll(async () => {
  house = await openHouse({ simulator: { size: { collections: 120, reports: 70 } } });
  collection = first(house.mode.world.collections).token;
});
afterAll(() => house.mode.close());
beforeEach(() => {
  house.mode.ledger.clear();
  house.mode.behaviour.emptyPage = 'emptyList';
  house.mode.behaviour.reportCounters = false;
});

function paths(): string[] {
  return house.mode.ledger.entries.map(({ path }) => path);
}

it('120 collections cost four calls, for all of them and thirty a page', async () => {
  const rows = await house.rest.listCollections(house.context);
  expect(rows.map(({ token }) => token)).toEqual(house.mode.world.collections.map(({ token }) => token));
  expect(paths().sort()).toEqual([1, 2, 3, 4].map((page) => `/api/acme/spaces?filter=all&page=${page}&per_page=30`));
});

describe.each([0, 1, 29, 30, 31, 60])('%d reports of a collection', (count) => {
  beforeAll(() => {
    house.mode.world.reportsByCollection.set(collection, house.mode.world.reports.slice(0, count));
  });

  it.each(['emptyList', 'emptyEmbedded'] as const)('cost a page each thirty and an empty one: %s', async (shape) => {
    house.mode.behaviour.emptyPage = shape;
    const rows = await house.rest.listReports(collection, { keepLayout: false }, house.context);
    expect(rows?.map(({ token }) => token)).toEqual(house.mode.world.reports.slice(0, count).map(({ token }) => token));
    expect(paths()).toEqual(
      Array.from(
        { length: Math.ceil(count / 30) + 1 },
        (_, index) => `/api/acme/spaces/${collection}/reports?page=${index + 1}`,
      ),
    );
  });

  it('cost no empty page once Mode counts them', async () => {
    house.mode.behaviour.reportCounters = true;
    const rows = await house.rest.listReports(collection, { keepLayout: false }, house.context);
    expect(rows).toHaveLength(count);
    expect(paths()).toHaveLength(Math.max(1, Math.ceil(count / 30)));
  });
});

it('what has no pages costs one call: queries, charts, data sources, members', async () => {
  const { world } = house.mode;
  const { reportToken: report, queryToken: query } = first(world.charts);
  const queries = await house.rest.listReportQueries(report, house.context);
  const charts = await house.rest.listCharts({ report, query }, house.context);
  const sources = await house.rest.listDataSources(house.context);
  const members = await house.rest.listMembers(house.context);
  expect(queries?.map(({ token }) => token)).toEqual(world.liveQueries(report).map(({ token }) => token));
  expect(charts?.map(({ token }) => token)).toEqual(world.liveCharts(query).map(({ token }) => token));
  expect(sources.map(({ token }) => token)).toEqual(world.dataSources.map(({ token }) => token));
  expect(members.map(({ username }) => username)).toEqual(world.members.map(({ username }) => username));
  expect(paths()).toEqual([
    `/api/acme/reports/${report}/queries`,
    `/api/acme/reports/${report}/queries/${query}/charts`,
    '/api/acme/data_sources',
    '/api/acme/memberships/lite',
  ]);
});

it('each attempt is told to who asked, with what it was for', async () => {
  house.told.length = 0;
  await house.rest.listCollections(house.context);
  expect(house.told.map(({ subject, status }) => [subject.api, subject.endpoint, status])).toEqual(
    Array.from({ length: 4 }, () => ['REST', '/spaces', 200]),
  );
});
