import { first, TestMode } from './test-mode.ts';

let test: TestMode;

beforeAll(async () => {
  test = await TestMode.start();
});
afterAll(() => test.mode.close());

describe('credentials', () => {
  it('are checked by /verify, which tells their scope', async () => {
    const admin = await test.get('/api/verify');
    expect(admin.body).toMatchObject({ workspace: 'acme', api_key_scope: 'workspace' });
    expect((await test.get('/api/verify', 'member')).body.api_key_scope).toBe('member');
  });

  it('are refused with 401 when missing, wrong or of the wrong kind', async () => {
    const wrong = ['Basic bm90OnRoaXM=', 'Bearer abc', 'Basic', ''];
    const missing = await test.get('/api/verify', 'nobody');
    expect([missing.status, missing.body.id]).toEqual([401, 'unauthorized']);
    for (const authorization of wrong) {
      const response = await fetch(`${test.mode.url}/api/verify`, { headers: { authorization } });
      expect(response.status).toBe(401);
    }
  });

  it('are the same for the same seed', async () => {
    const twin = await TestMode.start({ size: { reports: 1 } });
    expect(twin.mode.credentials.admin.secret).toBe(test.mode.credentials.admin.secret);
    await twin.mode.close();
  });

  it('cannot ask who they are', async () => {
    const { status, body } = await test.get('/api/account');
    expect([status, body.id]).toEqual([400, 'bad_request']);
  });
});

describe('accounts', () => {
  it('shows the workspace to anybody, right credential or not', async () => {
    for (const who of ['nobody', 'admin', 'member'] as const) {
      expect((await test.get('/api/acme', who)).body).toMatchObject({
        username: 'acme',
        name: 'Acme Retail',
        user: false,
      });
    }
    test.mode.behaviour.anonymousWorkspace = false;
    expect(await test.status('/api/acme', 'nobody')).toBe(401);
    test.mode.behaviour.anonymousWorkspace = true;
  });

  it('shows a person, without an address', async () => {
    const person = first(test.mode.world.members);
    const { body } = await test.get(`/api/${person.username}`);
    expect(body).toMatchObject({ username: person.username, name: person.name, token: person.token, user: true });
    expect(JSON.stringify(body)).not.toContain('@');
  });

  it('knows no other account or path', async () => {
    for (const path of ['/api/other', '/api/other/spaces', '/api/acme/nothing', '/api/acme/reports', '/']) {
      const { status, body } = await test.get(path);
      expect([status, body.id]).toEqual([404, 'not_found']);
    }
  });

  it('can only be read', async () => {
    const response = await test.fetch('/api/acme/spaces', 'admin', { method: 'POST', body: '{}' });
    expect(response.status).toBe(405);
  });
});

describe('memberships', () => {
  it('join usernames to addresses for every key in the lite list', async () => {
    const rows = await test.rows('/api/acme/memberships/lite', 'memberships', 'member');
    const { members } = test.mode.world;
    expect(rows).toEqual(
      members.map(({ email, name, username, token, state, admin }) => ({
        email,
        name,
        username,
        member_token: token,
        state,
        admin,
      })),
    );
  });

  it('are for the admin key in full', async () => {
    expect(await test.rows('/api/acme/memberships', 'memberships')).toHaveLength(30);
    expect(await test.status('/api/acme/memberships', 'member')).toBe(404);
  });
});
