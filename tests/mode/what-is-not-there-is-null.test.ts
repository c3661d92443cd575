import type { SimChart } from '../../src/simulator/index.ts';
import { first, moveInto, openHouse, type House } from './house.ts';

let house: House;
let chart: SimChart;
const reading = { keepLayout: false };

beforeAll(async () => {
  house = await openHouse({ simulator: { size: { collections: 20, reports: 80 } } });
  const { world } = house.mode;
  chart = first(world.charts, (row) => world.canSee('member', row.token));
});
afterAll(() => house.mode.close());
afterEach(() => {
  house.mode.world.deleted.clear();
  house.mode.behaviour.hiddenStatus = 404;
});

/** Reads a chart and everything that holds it. */
async function readAll(from: House, { token, queryToken: query, reportToken: report }: SimChart): Promise<unknown[]> {
  const { rest, context } = from;
  const collection = from.mode.world.reportByToken.get(report)?.collectionToken ?? '';
  return Promise.all([
    rest.readCollection(collection, context),
    rest.listReports(collection, reading, context),
    rest.readReport(report, reading, context),
    rest.listReportQueries(report, context),
    rest.readReportQuery({ report, query }, context),
    rest.listCharts({ report, query }, context),
    rest.readChart({ report, query, chart: token }, context),
  ]);
}

it('what may be seen is there', async () => {
  expect(await readAll(house, chart)).not.toContain(null);
});

it.each([404, 403] as const)('hidden: a %d is null, once each', async (status) => {
  const { world } = house.mode;
  const hidden = first(world.charts, (row) => !world.canSee('member', row.token));
  house.mode.behaviour.hiddenStatus = status;
  const member = moveInto(house.mode, house.clock, { as: 'member' });
  house.mode.ledger.clear();
  expect(await readAll(member, hidden)).toEqual([null, null, null, null, null, null, null]);
  expect(house.mode.ledger.countByStatus()).toEqual({ [status]: 7 });
});

it.each(['forbidden', 'soft_deleted', 'gone'] as const)('deleted, and answering as %s, is null', async (as) => {
  const { world } = house.mode;
  const { token, queryToken: query, reportToken: report } = chart;
  const collection = world.reportByToken.get(report)?.collectionToken ?? '';
  const { rest, context } = house;
  world.deleted.set(token, as);
  expect(await rest.readChart({ report, query, chart: token }, context)).toBeNull();
  world.deleted.set(query, as);
  expect(await rest.readReportQuery({ report, query }, context)).toBeNull();
  world.deleted.set(report, as);
  expect(await rest.readReport(report, reading, context)).toBeNull();
  world.deleted.set(collection, as);
  expect(await rest.readCollection(collection, context)).toBeNull();
});

it('a deleted collection that Mode still lists is left out', async () => {
  const [{ token } = { token: '' }] = house.mode.world.collections;
  const all = await house.rest.listCollections(house.context);
  const fault = house.mode.faults.inject({
    match: '/spaces',
    kind: 'mutate',
    mutate: (payload) => JSON.parse(JSON.stringify(payload).replace('"active"', '"soft_deleted"')) as unknown,
  });
  const rest = await house.rest.listCollections(house.context);
  fault.remove();
  expect(all.map((row) => row.token)).toContain(token);
  expect(rest.map((row) => row.token)).toEqual(all.slice(1).map((row) => row.token));
});

describe('under a parent that is not its own, Mode answers but we do not', () => {
  it('a query', async () => {
    const other = first(house.mode.world.reports, (row) => row.token !== chart.reportToken).token;
    house.mode.ledger.clear();
    expect(await house.rest.readReportQuery({ report: other, query: chart.queryToken }, house.context)).toBeNull();
    expect(house.mode.ledger.countByStatus()).toEqual({ 200: 1 });
  });

  it('a chart', async () => {
    const { token, queryToken: query, reportToken: report } = chart;
    const otherReport = first(house.mode.world.reports, (row) => row.token !== report).token;
    const otherQuery = first(house.mode.world.queries, (row) => row.token !== query).token;
    const { rest, context } = house;
    expect(await rest.readChart({ report: otherReport, query, chart: token }, context)).toBeNull();
    expect(await rest.readChart({ report, query: otherQuery, chart: token }, context)).toBeNull();
    expect(await rest.readChart({ report, query, chart: token }, context)).toMatchObject({ token });
  });
});

it('a run is read by its report and its token, or is null', async () => {
  const report = first(house.mode.world.reports, (row) => row.lastRunToken !== null);
  const { rest, context } = house;
  const run = await rest.readReportRun({ report: report.token, run: report.lastRunToken ?? '' }, context);
  expect(run).toMatchObject({
    kind: 'ReportRun',
    token: report.lastRunToken,
    reportToken: report.token,
    state: report.lastRunState,
    pythonState: null,
    isLatest: true,
  });
  expect(await rest.readReportRun({ report: report.token, run: 'abcabcabcabc' }, context)).toBeNull();
});

it.each(['', '.', '..'])('%j is no token, and no call is made for it', async (token) => {
  house.mode.ledger.clear();
  await expect(house.rest.readReport(token, reading, house.context)).rejects.toThrow(TypeError);
  expect(house.mode.ledger.entries).toEqual([]);
});

it.each(['../../other/reports/x', 'a/b', 'a?b=c', 'a#b', '%2e%2e'])(
  '%j cannot climb out of its segment',
  async (token) => {
    house.mode.ledger.clear();
    expect(await house.rest.readReport(token, reading, house.context)).toBeNull();
    expect(house.mode.ledger.entries.map(({ path }) => path)).toEqual([
      `/api/acme/reports/${encodeURIComponent(token)}`,
    ]);
  },
);

it('a workspace may be called like a part of a path', async () => {
  const { mode, rest, context } = await openHouse({ simulator: { workspace: 'datasets' } });
  const row = first(mode.world.charts);
  const address = { report: row.reportToken, query: row.queryToken };
  const found = [
    await rest.readReportQuery(address, context),
    await rest.readChart({ ...address, chart: row.token }, context),
  ];
  await mode.close();
  expect(found).toEqual([
    expect.objectContaining({ token: row.queryToken, reportToken: row.reportToken }),
    expect.objectContaining({ token: row.token, queryToken: row.queryToken, reportToken: row.reportToken }),
  ]);
});
