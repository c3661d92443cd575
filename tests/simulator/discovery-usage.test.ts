import { TestDiscovery } from './test-discovery.ts';
import { TestMode } from './test-mode.ts';

let test: TestMode;
let discovery: TestDiscovery;

beforeAll(async () => {
  test = await TestMode.start();
  discovery = new TestDiscovery(test);
});
afterAll(() => test.mode.close());

function emailOf(username: string): string | undefined {
  return test.mode.world.memberByUsername.get(username)?.email;
}

it('tells how much reports are used, under either name', async () => {
  const { world } = test.mode;
  const rows = await discovery.rows('report_stats?include_spaces=all');
  expect(rows).toHaveLength(world.reports.length);
  for (const row of rows) {
    const truth = world.reportByToken.get(String(row.report_token));
    const explored = world.liveQueries(String(row.report_token)).map(({ explorationsCount }) => explorationsCount);
    expect(row).toEqual({
      report_id: String(truth?.id),
      report_token: truth?.token,
      active_schedules_count: truth?.schedulesCount,
      explorations_count: explored.reduce((a, b) => a + b, 0),
      view_count: truth?.viewCount,
      recent_manual_run_creators_emails: truth?.runnerUsernames.map(emailOf),
      scheduled_run_creators_emails: truth?.schedulerUsernames.map(emailOf),
      editors_emails: truth?.editorUsernames.map(emailOf),
    });
  }
  test.mode.behaviour.discoveryViewCount = 'total_views_count';
  const [old] = await discovery.rows('report_stats?include_spaces=all');
  expect(old).toMatchObject({ total_views_count: rows[0]?.view_count });
  expect(old).not.toHaveProperty('view_count');
});

it('tells members, with what they did last', async () => {
  const { world } = test.mode;
  const rows = await discovery.rows('members');
  expect(rows).toHaveLength(world.members.length);
  for (const row of rows) {
    const truth = world.memberByToken.get(String(row.member_token));
    const made = world.reports.filter(({ creatorUsername }) => creatorUsername === truth?.username);
    expect(row).toMatchObject({
      state: truth?.state,
      member_email: truth?.email,
      member_username: truth?.username,
      banned_at: truth?.bannedAt,
      activated_at: truth?.activatedAt,
      last_report_created_at:
        made
          .map(({ createdAt }) => createdAt)
          .toSorted()
          .at(-1) ?? null,
    });
    expect(Object.keys(row)).toEqual([
      ...['id', 'token', 'state', 'member_email', 'member_token', 'member_username', 'banned_at', 'activated_at'],
      ...['last_report_created_at', 'last_report_viewed_at', 'last_report_run_at', 'total_days_engaged'],
      ...['last_exploration_created_at', 'last_exploration_updated_at'],
    ]);
    expect(row.total_days_engaged).toBeGreaterThanOrEqual(0);
  }
  const [membership] = await test.rows('/api/acme/memberships', 'memberships');
  expect(membership?._links.self?.href).toBe(`/api/acme/memberships/${String(rows[0]?.token)}`);
});
