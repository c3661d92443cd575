import { first, TestMode, tokens } from './test-mode.ts';

let test: TestMode;

beforeAll(async () => {
  test = await TestMode.start();
});
afterAll(() => test.mode.close());
afterEach(() => {
  test.mode.world.deleted.clear();
  test.mode.behaviour.hiddenStatus = 404;
});

/** Every path that leads to, or past, one chart. */
function pathsTo(chart: { token: string; queryToken: string; reportToken: string }): string[] {
  const { world } = test.mode;
  const space = `/api/acme/spaces/${world.reportByToken.get(chart.reportToken)?.collectionToken ?? ''}`;
  const report = `/api/acme/reports/${chart.reportToken}`;
  const query = `${report}/queries/${chart.queryToken}`;
  return [
    space,
    `${space}/reports`,
    `${space}/datasets`,
    report,
    `${report}/runs`,
    `${report}/queries`,
    query,
    `${query}/charts`,
    `${query}/charts/${chart.token}`,
  ];
}

describe('what the member key may not see', () => {
  it('does not exist: all of it answers 404', async () => {
    const { world } = test.mode;
    const hidden = first(world.charts, ({ token }) => !world.canSee('member', token));
    for (const path of pathsTo(hidden)) {
      expect([path, await test.status(path, 'member')]).toEqual([path, 404]);
      expect(await test.status(path)).toBe(200);
    }
    test.mode.behaviour.hiddenStatus = 403;
    for (const path of pathsTo(hidden)) expect(await test.status(path, 'member')).toBe(403);
  });

  it('leaves what it may see alone', async () => {
    const { world } = test.mode;
    const seen = first(world.charts, ({ token }) => world.canSee('member', token));
    for (const path of pathsTo(seen)) expect(await test.status(path, 'member')).toBe(200);
  });

  it('cannot be reached under another report', async () => {
    const { world } = test.mode;
    const hidden = first(world.queries, ({ token }) => !world.canSee('member', token));
    const seen = first(world.reports, ({ token }) => world.canSee('member', token));
    expect(await test.status(`/api/acme/reports/${seen.token}/queries/${hidden.token}`, 'member')).toBe(404);
  });
});

describe('deleted things', () => {
  it.each([
    ['forbidden', 403],
    ['soft_deleted', 200],
    ['gone', 404],
  ] as const)('left %s answer %i, and are in no list', async (state, status) => {
    const { world } = test.mode;
    const report = first(world.reports, ({ token }) => world.liveQueries(token).length > 1);
    const [query] = world.liveQueries(report.token);
    const list = `/api/acme/spaces/${report.collectionToken}/reports`;
    const queries = `/api/acme/reports/${report.token}/queries`;
    world.deleted.set(query?.token ?? '', state);
    expect(await test.status(`${queries}/${query?.token ?? ''}`)).toBe(status);
    expect(tokens(await test.rows(queries, 'queries'))).not.toContain(query?.token);
    world.deleted.set(report.token, state);
    const single = await test.get(`/api/acme/reports/${report.token}`);
    expect(single.status).toBe(status);
    expect(tokens(await test.walk(list, 'reports'))).not.toContain(report.token);
    expect(world.canSee('admin', report.token)).toBe(false);
    if (status === 200) expect(single.body.state).toBe('soft_deleted');
    // What a deleted thing held is gone with it.
    expect(await test.status(queries)).toBe(state === 'forbidden' ? 403 : 404);
  });

  it('say so when they are collections', async () => {
    const { world } = test.mode;
    const row = first(world.collections, ({ type }) => type === 'custom');
    world.deleted.set(row.token, 'soft_deleted');
    expect((await test.get(`/api/acme/spaces/${row.token}`)).body.state).toBe('soft_deleted');
    expect(tokens(await test.walk('/api/acme/spaces?filter=all', 'spaces'))).not.toContain(row.token);
  });

  it('no longer count', async () => {
    const { world } = test.mode;
    const report = first(world.reports, ({ token }) => world.liveQueries(token).length > 1);
    const before = world.liveQueries(report.token).length;
    world.deleted.set(world.liveQueries(report.token)[0]?.token ?? '', 'gone');
    expect((await test.get(`/api/acme/reports/${report.token}`)).body.query_count).toBe(before - 1);
  });
});
