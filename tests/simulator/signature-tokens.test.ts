import type { SignatureToken } from '../../src/simulator/index.ts';
import { ManualClock } from './manual-clock.ts';
import { bearer, TestDiscovery, type BatchReply } from './test-discovery.ts';
import { TestMode } from './test-mode.ts';

let test: TestMode;
let discovery: TestDiscovery;
let clock: ManualClock;
const DAY = 86_400_000;

beforeEach(async () => {
  clock = new ManualClock();
  test = await TestMode.start({ clock, size: { reports: 3, collections: 3, members: 3 } });
  discovery = new TestDiscovery(test);
});
afterEach(() => test.mode.close());

function wanted(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: 'nightly',
    expires_at: '2026-09-02T12:00Z',
    auth_scope: { authentication_for: 'batch-api', authorization_type: 'read-only' },
    ...overrides,
  };
}

function remove(token: string, authorization = test.header('admin')): Promise<BatchReply> {
  return discovery.ask(`signature_tokens/${token}`, authorization, { method: 'DELETE' });
}

describe('minting', () => {
  it('tells everything about the new token, its secret for the only time', async () => {
    const { status, body } = await discovery.mint(wanted());
    expect(status).toBe(200);
    expect(body).toEqual({
      token: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
      name: 'nightly',
      creator_id: test.mode.world.admin.id,
      organization_id: test.mode.world.workspace.id,
      access_key: expect.stringMatching(/^[0-9a-f]{24}$/) as string,
      access_secret: expect.stringMatching(/^[0-9a-f]{24}$/) as string,
      created_at: '2026-09-01T12:00:00.000Z',
      updated_at: '2026-09-01T12:00:00.000Z',
      expires_at: '2026-09-02T12:00:00.000Z',
      authentication_for: 'batch-api',
      authorization_type: 'read-only',
    });
    const [minted] = test.mode.signatureTokens;
    expect(minted).toMatchObject({ token: body.token, accessSecret: body.access_secret, createdAt: clock.now() });
    expect(await discovery.status('reports', bearer(minted ?? test.mode.discovery))).toBe(200);
  });

  it('makes another one every time', async () => {
    const one = await discovery.mint(wanted());
    const two = await discovery.mint(wanted({ expires_at: '2026-12-01T00:00:00+02:00' }));
    expect(two.body.token).not.toBe(one.body.token);
    expect(test.mode.signatureTokens).toHaveLength(2);
    expect(new Date(test.mode.signatureTokens[1]?.expiresAt ?? 0).toISOString()).toBe('2026-11-30T22:00:00.000Z');
  });

  it('is for the admin key', async () => {
    const wrong: [string, number][] = [
      [test.header('member'), 403],
      ['Basic bm90OnRoaXM=', 401],
      ['', 401],
      [bearer(test.mode.discovery), 401],
    ];
    for (const [authorization, status] of wrong) {
      expect((await discovery.mint(wanted(), authorization)).status).toBe(status);
    }
    expect(test.mode.signatureTokens).toEqual([]);
  });

  it.each([
    ['name', { name: 'abc' }],
    ['name', { name: 'x'.repeat(65) }],
    ['name', { name: undefined }],
    ['expires_at', { expires_at: '2026-09-01T11:59Z' }],
    ['expires_at', { expires_at: '2026-09-02' }],
    ['expires_at', { expires_at: '2026-99-02T12:00Z' }],
    ['expires_at', { expires_at: 1_800_000_000 }],
    ['authentication_for', { auth_scope: { authentication_for: 'api', authorization_type: 'read-only' } }],
    ['authorization_type', { auth_scope: { authentication_for: 'batch-api', authorization_type: 'write' } }],
  ])('refuses a wrong %s with 422 and an object of complaints: %p', async (field, overrides) => {
    const { status, body } = await discovery.mint(wanted(overrides));
    expect([status, Object.keys(body.message as object)]).toEqual([422, [field]]);
  });

  it.each(['', 'not json', '{}', '{"signature_token":"yes"}', 'null'])('refuses the body %p with 400', async (text) => {
    const { status, body } = await discovery.post(text);
    expect([status, body.id]).toEqual([400, 'param_missing']);
  });

  it('takes names from 4 to 64 characters', async () => {
    for (const name of ['abcd', 'x'.repeat(64)]) expect((await discovery.mint(wanted({ name }))).status).toBe(200);
  });

  it('has happened even when its answer is lost on the way', async () => {
    test.mode.faults.inject({ match: 'signature_tokens', kind: 'truncated', times: 1 });
    await expect(discovery.mint(wanted())).rejects.toThrow();
    expect(test.mode.signatureTokens).toHaveLength(1);
    test.mode.faults.inject({ match: 'signature_tokens', kind: 'reset', times: 1 });
    await expect(discovery.mint(wanted())).rejects.toThrow();
    expect(test.mode.signatureTokens).toHaveLength(1);
  });
});

describe('deleting', () => {
  it('ends a token at once', async () => {
    await discovery.mint(wanted());
    const minted = test.mode.signatureTokens[0] ?? test.mode.discovery;
    clock.advance(5);
    const { status, body } = await remove(minted.token);
    expect([status, Object.keys(body)]).toEqual([200, ['message']]);
    expect(minted.deletedAt).toBe(clock.now());
    expect(await discovery.status('reports', bearer(minted))).toBe(401);
    expect((await remove(minted.token)).status).toBe(404);
  });

  it('knows what there is to delete, and who may', async () => {
    const { token } = test.mode.discovery;
    expect((await remove('0123456789ab')).status).toBe(404);
    expect((await remove(token, test.header('member'))).status).toBe(403);
    expect((await remove(token, bearer(test.mode.discovery))).status).toBe(401);
    expect((await discovery.ask('signature_tokens', test.header('admin'))).status).toBe(405);
    expect((await discovery.ask(`signature_tokens/${token}`, test.header('admin'))).status).toBe(405);
  });
});

describe('a signature token', () => {
  it('is there from the start, the same for the same seed', async () => {
    const twin = await TestMode.start({ size: { reports: 1 } });
    const { token, accessKey, accessSecret } = test.mode.discovery;
    expect(twin.mode.discovery).toMatchObject({ token, accessKey, accessSecret });
    await twin.mode.close();
    expect(await discovery.status('reports')).toBe(200);
    clock.advance(3000 * DAY);
    expect(await discovery.status('reports')).toBe(200);
  });

  it('dies on the minute it expires, and every list says so', async () => {
    await discovery.mint(wanted());
    const minted = test.mode.signatureTokens[0] ?? test.mode.discovery;
    clock.advance(DAY - 1);
    expect(await discovery.status('reports', bearer(minted))).toBe(200);
    clock.advance(1);
    const { status, body } = await discovery.ask('reports', bearer(minted));
    expect([status, body.id]).toEqual([401, 'unauthorized']);
    test.mode.behaviour.deadToken = 404;
    expect(await discovery.status('members', bearer(minted))).toBe(404);
    expect(await discovery.status('reports')).toBe(200);
  });

  it('has to be sent as it should', async () => {
    const { token, accessKey, accessSecret } = test.mode.discovery;
    const whole = bearer(test.mode.discovery);
    const wrong: SignatureToken = { ...test.mode.discovery, accessSecret: accessKey };
    const plain = `Bearer ${token}:${accessKey}:${accessSecret}`;
    for (const header of [
      '',
      bearer(wrong),
      plain,
      whole.replace('Bearer', 'Basic'),
      `${whole}=`,
      'Bearer',
      test.header('admin'),
    ]) {
      expect([header, await discovery.status('reports', header)]).toEqual([header, 401]);
    }
    expect(await discovery.status('reports', whole.replace('Bearer', 'bearer'))).toBe(200);
  });

  it('opens nothing of the REST service', async () => {
    const response = await fetch(`${test.mode.url}/api/verify`, {
      headers: { authorization: bearer(test.mode.discovery) },
    });
    expect(response.status).toBe(401);
  });
});

it('is all refused with 403 when the plan has no Discovery', async () => {
  test.mode.behaviour.discoveryPlan = false;
  for (const reply of [await discovery.ask('reports'), await discovery.mint(wanted())]) {
    expect([reply.status, reply.body.id]).toEqual([403, 'forbidden']);
  }
  expect(await discovery.status('reports', 'Bearer wrong')).toBe(401);
});
