import { ManualClock } from './manual-clock.ts';
import { rowsOf, TestDiscovery, type BatchBody } from './test-discovery.ts';
import { TestMode } from './test-mode.ts';

let test: TestMode;
let discovery: TestDiscovery;
let clock: ManualClock;

beforeEach(async () => {
  clock = new ManualClock();
  test = await TestMode.start({ clock, size: { reports: 80, queries: 80, charts: 80, collections: 3, members: 3 } });
  discovery = new TestDiscovery(test);
});
afterEach(() => test.mode.close());

describe('the rate limit', () => {
  beforeEach(() => {
    test.mode.behaviour.rateLimit = { limit: 3, windowMs: 1000 };
  });

  it('is the admin’s own: both services share a window', async () => {
    const { headers } = await discovery.ask('spaces');
    expect([headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')]).toEqual(['3', '2']);
    expect(await test.status('/api/verify')).toBe(200);
    expect(await discovery.status('spaces')).toBe(200);
    expect(await test.status('/api/verify')).toBe(429);
    const refused = await discovery.ask('spaces');
    expect([refused.status, refused.body.id]).toEqual([429, 'rate_limited']);
    expect(refused.headers.get('content-type')).toBe('application/json');
    expect(await test.status('/api/verify', 'member')).toBe(200);
    clock.advance(1000);
    expect(await discovery.status('spaces')).toBe(200);
  });

  it('can be one of their own for signature tokens', async () => {
    test.mode.behaviour.discoveryBucket = 'separate';
    for (let call = 0; call < 3; call += 1) expect(await discovery.status('spaces')).toBe(200);
    expect(await discovery.status('spaces')).toBe(429);
    expect(await test.status('/api/verify')).toBe(200);
    // Minting is done with the admin's key.
    expect((await discovery.mint({})).headers.get('x-ratelimit-remaining')).toBe('1');
  });

  it('does not count tokens that open nothing', async () => {
    for (let call = 0; call < 5; call += 1) expect(await discovery.status('spaces', 'Bearer wrong')).toBe(401);
    expect(await discovery.status('spaces')).toBe(200);
  });
});

it('is booked under its own name and service', async () => {
  await discovery.ask('spaces');
  await discovery.ask('spaces', 'Bearer wrong');
  await discovery.ask('spaces', '');
  await discovery.mint({});
  await test.get('/api/verify');
  test.mode.discovery.expiresAt = clock.now();
  await discovery.ask('spaces');
  expect(test.mode.ledger.entries.map(({ api, credential, status }) => [api, credential, status])).toEqual([
    ['DISCOVERY', 'discovery', 200],
    ['DISCOVERY', 'unknown', 401],
    ['DISCOVERY', 'anonymous', 401],
    ['DISCOVERY', 'admin', 422],
    ['REST', 'admin', 200],
    ['DISCOVERY', 'discovery', 401],
  ]);
  expect(test.mode.ledger.calls({ api: 'REST' })).toHaveLength(1);
  expect(test.mode.ledger.maxInWindow(1000, { credential: 'discovery' })).toBe(2);
  const text = JSON.stringify(test.mode.ledger.entries);
  expect(text).not.toContain(test.mode.discovery.accessSecret);
});

it('answers after a latency of its own', async () => {
  test.mode.behaviour.discoveryLatencyMs = 80;
  const reply = discovery.ask('spaces');
  while (clock.waiting === 0) await new Promise(setImmediate);
  expect(await test.status('/api/verify')).toBe(200);
  clock.advance(80);
  expect((await reply).status).toBe(200);
  const [entry] = test.mode.ledger.entries;
  expect((entry?.answeredAt ?? 0) - (entry?.at ?? 0)).toBe(80);
});

describe('faults', () => {
  it('hit the page they are for', async () => {
    test.mode.faults.inject({ match: /\/batch\/.*[?&]page=7\b/, kind: 'status500', times: 1 });
    const walk = (): Promise<unknown> => discovery.walk('reports?include_spaces=all&per_page=8');
    await expect(walk()).rejects.toThrow('internal_server_error');
    expect(test.mode.ledger.entries.at(-1)).toMatchObject({ status: 500, fault: 'status500' });
    expect(await walk()).toHaveLength(80);
  });

  it('can make the total shrink between two pages', async () => {
    const shrink = (payload: unknown): unknown => {
      const body = payload as BatchBody;
      const reports = rowsOf(body).slice(0, -3);
      return { ...body, reports, pagination: { ...body.pagination, count: reports.length, total_count: 77 } };
    };
    test.mode.faults.inject({ match: 'page=2', kind: 'mutate', mutate: shrink });
    const totals: number[] = [];
    for (const page of [1, 2]) {
      const { body } = await discovery.ask(`reports?include_spaces=all&per_page=40&page=${page}`);
      totals.push(body.pagination.total_count, rowsOf(body).length);
    }
    expect(totals).toEqual([80, 40, 77, 37]);
  });

  it.each([
    ['status401', 401],
    ['status403', 403],
    ['status404', 404],
    ['status429', 429],
    ['status500', 500],
  ] as const)('%s speaks plain JSON here', async (kind, status) => {
    test.mode.faults.inject({ match: '/batch/', kind });
    const reply = await discovery.ask('spaces');
    expect([reply.status, reply.headers.get('content-type')]).toEqual([status, 'application/json']);
  });

  it.each(['html200', 'html502', 'truncated', 'truncatedJson', 'reset'] as const)('%s leaves no JSON', async (kind) => {
    test.mode.faults.inject({ match: '/batch/', kind, times: 1 });
    await expect(discovery.ask('spaces')).rejects.toThrow();
    expect(await discovery.status('spaces')).toBe(200);
  });

  it('slow keeps the caller waiting, and books that it gave up', async () => {
    test.mode.faults.inject({ match: '/batch/', kind: 'slow' });
    const gone = discovery.ask('spaces', undefined, { signal: AbortSignal.timeout(100) });
    await expect(gone).rejects.toThrow();
    while (test.mode.ledger.entries[0]?.aborted !== true) await new Promise(setImmediate);
    expect(test.mode.ledger.entries[0]).toMatchObject({ status: 499, fault: 'slow' });
  });
});
