import { TestMode, type Hal } from './test-mode.ts';

let test: TestMode;
let collections: Hal[];
let reports: Hal[];
const queries: Hal[] = [];
const charts: Hal[] = [];
let sources: Hal[];

beforeAll(async () => {
  test = await TestMode.start();
  const { world } = test.mode;
  collections = await test.rows('/api/acme/spaces?filter=all', 'spaces');
  const space = world.collections.find(({ token }) => (world.reportsByCollection.get(token)?.length ?? 0) > 30);
  reports = await test.rows(`/api/acme/spaces/${space?.token ?? ''}/reports`, 'reports');
  for (const { _links } of reports) queries.push(...(await test.rows(_links.queries?.href ?? '', 'queries')));
  for (const { _links } of queries) {
    if (_links.charts) charts.push(...(await test.rows(_links.charts.href, 'charts')));
  }
  sources = await test.rows('/api/acme/data_sources', 'data_sources');
});
afterAll(() => test.mode.close());

function bytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function mean(rows: readonly Hal[], weigh: (row: Hal) => number = bytes): number {
  return rows.reduce((sum, row) => sum + weigh(row), 0) / rows.length;
}

function near(weight: number, recorded: number): void {
  expect(weight).toBeGreaterThan(recorded * 0.75);
  expect(weight).toBeLessThan(recorded * 1.25);
}

/** What the layout adds to a report: itself, and once more in the form. */
function layoutBytes(row: Hal): number {
  return 2 * bytes(row.layout);
}

it('weighs what recorded rows weigh', () => {
  near(mean(collections), 1100);
  near(
    mean(reports, (row) => bytes(row) - layoutBytes(row)),
    4800,
  );
  near(
    mean(queries, (row) => bytes(row) - bytes(row.raw_query)),
    1700,
  );
  near(mean(charts), 4400);
  near(mean(sources), 1500);
});

it('spends on links and forms what recorded rows spend', () => {
  const share = (row: Hal): number => (bytes(row._links) + bytes(row._forms)) / bytes(row);
  const spread = (rows: readonly Hal[], recorded: number): void => {
    expect(Math.abs(mean(rows, share) - recorded)).toBeLessThan(0.12);
  };
  spread(collections, 0.8);
  spread(queries, 0.73);
  spread(charts, 0.29);
});

it('repeats a layout of some KB in the form', () => {
  for (const row of reports) {
    expect(String(row.layout).length).toBeGreaterThan(1500);
    expect(row._forms).toMatchObject({ edit: { input: { report: { layout: { value: row.layout } } } } });
  }
});

it('can be asked to travel light', async () => {
  test.mode.behaviour.weight = 'light';
  const row = (await test.get(reports[0]?._links.self?.href ?? '')).body;
  test.mode.behaviour.weight = 'full';
  expect(row).toEqual({ ...reports[0], layout: null, _forms: undefined });
  expect(Object.keys(row)).not.toContain('_forms');
});
