import { createHash } from 'node:crypto';
import { buildWorld, fullWorldSize, type World } from '../../src/simulator/index.ts';

const SMALL = { collections: 12, reports: 60, queries: 171, charts: 305, members: 15, dataSources: 3 };

function digest(world: World): string {
  const { workspace, members, collections, dataSources, reports, queries, charts } = world;
  const text = JSON.stringify({ workspace, members, collections, dataSources, reports, queries, charts });
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

describe('the default world', () => {
  const world = buildWorld(1, 'acme', fullWorldSize({}));
  const sizes = world.collections.map(({ token }) => world.reportsByCollection.get(token)?.length ?? 0);

  it('has exactly the rows it says', () => {
    expect(world.collections).toHaveLength(120);
    expect(world.reports).toHaveLength(4146);
    expect(world.queries).toHaveLength(12_438);
    expect(world.charts).toHaveLength(18_657);
    expect(world.members).toHaveLength(140);
    expect(world.dataSources).toHaveLength(9);
  });

  it('gives every row a token of its own and a parent that exists', () => {
    const rows = [world.members, world.collections, world.dataSources, world.reports, world.queries, world.charts];
    const tokens = rows.flat().map((row) => row.token);
    expect(new Set(tokens).size).toBe(tokens.length);
    expect(tokens.every((token) => /^[0-9a-f]{12}$/.test(token))).toBe(true);
    expect(world.reports.every((row) => world.collectionByToken.has(row.collectionToken))).toBe(true);
    expect(world.queries.every((row) => world.reportByToken.has(row.reportToken))).toBe(true);
    expect(world.queries.every((row) => world.dataSourceByToken.has(row.dataSourceToken))).toBe(true);
    expect(world.charts.every((row) => world.queryByToken.get(row.queryToken)?.reportToken === row.reportToken)).toBe(
      true,
    );
    const people = [...world.reports, ...world.queries, ...world.charts, ...world.collections];
    expect(people.every((row) => world.memberByUsername.has(row.creatorUsername))).toBe(true);
  });

  it('spreads reports unevenly, with empty, one-page, two-page and large collections', () => {
    expect(sizes).toEqual(expect.arrayContaining([0, 30, 60]));
    expect(Math.max(...sizes)).toBeGreaterThan(200);
    expect(sizes.reduce((a, b) => a + b, 0)).toBe(4146);
  });

  it('has the awkward rows real workspaces have', () => {
    const share = (count: number, of: readonly unknown[]): number => count / of.length;
    const { reports, queries, charts, collections } = world;
    expect(share(reports.filter((row) => row.name === null).length, reports)).toBeCloseTo(0.03, 1);
    expect(queries.some((row) => row.name === null)).toBe(true);
    expect(share(reports.filter((row) => row.archived).length, reports)).toBeCloseTo(0.12, 1);
    expect(share(reports.filter((row) => row.type === 'DatasetReport').length, reports)).toBeCloseTo(0.05, 1);
    expect(reports.some((row) => row.chartCountMissing)).toBe(true);
    expect(reports.some((row) => row.lastRunToken === null && row.runsCount === 0)).toBe(true);
    expect(reports.some((row) => row.description === null) && reports.some((row) => row.description === '')).toBe(true);
    expect(reports.some((row) => !world.queriesByReport.has(row.token))).toBe(true);
    expect(charts.some((row) => row.title === '') && charts.some((row) => row.title.includes('&'))).toBe(true);
    expect(collections.filter((row) => row.type === 'community')).toHaveLength(1);
    expect(collections.filter((row) => row.type === 'private').length).toBeGreaterThan(10);
    expect(queries.some((row) => row.rawQuery.includes('{{'))).toBe(true);
    expect(queries.every((row) => row.lastRunId === null || row.lastRunId > 2 ** 31)).toBe(true);
    expect(world.members.some((row) => row.state === 'deactivated')).toBe(true);
  });

  it('keeps time in order', () => {
    for (const row of world.reports) {
      expect(row.createdAt <= row.editedAt && row.editedAt <= row.updatedAt).toBe(true);
      expect(row.lastRunAt === null || row.lastRunAt >= row.createdAt).toBe(true);
      expect(row.updatedAt < '2026-09-01').toBe(true);
    }
    for (const row of [...world.queries, ...world.charts]) expect(row.createdAt <= row.updatedAt).toBe(true);
    expect(world.reports[0]?.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('lets the member key see most custom collections, and its own private one only', () => {
    const custom = world.collections.filter((row) => row.type === 'custom');
    const seen = custom.filter((row) => world.canSee('member', row.token));
    expect(seen.length / custom.length).toBeCloseTo(0.7, 1);
    const personal = world.collections.filter((row) => row.type === 'private' && world.canSee('member', row.token));
    expect(personal.map((row) => row.creatorUsername)).toEqual([world.member.username]);
    expect(world.collections.every((row) => world.canSee('admin', row.token))).toBe(true);
  });
});

describe('a world of any size', () => {
  it('is the same for the same seed, to the byte', () => {
    const one = buildWorld(5, 'acme', SMALL);
    const two = buildWorld(5, 'acme', SMALL);
    expect(one).toEqual(two);
    expect(digest(one)).toBe(digest(two));
    expect(digest(buildWorld(6, 'acme', SMALL))).not.toBe(digest(one));
  });

  it('does not change from one release to the next without this line noticing', () => {
    expect(digest(buildWorld(5, 'acme', SMALL))).toBe('deab45c582980063');
  });

  it.each([
    { reports: 1, queries: 0, charts: 0, collections: 1 },
    { reports: 1, queries: 40, charts: 1000, collections: 2 },
    { reports: 3, queries: 1, charts: 7, collections: 9 },
    { reports: 30, queries: 360, charts: 0, collections: 5 },
    { reports: 0, queries: 0, charts: 0, collections: 0 },
  ])('holds exactly %p', (wanted) => {
    const world = buildWorld(3, 'acme', fullWorldSize({ ...wanted, members: 4, dataSources: 1 }));
    expect({
      reports: world.reports.length,
      queries: world.queries.length,
      charts: world.charts.length,
      collections: world.collections.length,
    }).toEqual(wanted);
  });

  it('keeps the proportions of what is left out', () => {
    expect(fullWorldSize({ reports: 100 })).toMatchObject({ queries: 300, charts: 450 });
  });

  it.each([
    { members: 1 },
    { collections: 0 },
    { reports: 0, queries: 3 },
    { queries: 0, charts: 3 },
    { reports: 1.5 },
  ])('refuses %p, which no world can have', (size) => {
    expect(() => fullWorldSize(size)).toThrow(RangeError);
  });
});
