import { TestMode, type Hal } from './test-mode.ts';

let test: TestMode;

beforeAll(async () => {
  test = await TestMode.start({ size: { reports: 3, queries: 5, charts: 8, collections: 3, members: 3 } });
});
afterAll(() => test.mode.close());

async function steer(method: string, path: string, body?: unknown): Promise<{ status: number; body: Hal }> {
  const response = await fetch(`${test.mode.url}/_simulator/${path}`, {
    method,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Hal };
}

it('shows and clears the ledger, and is not in it', async () => {
  await test.get('/api/verify');
  await test.get('/api/verify');
  const { body } = await steer('GET', 'ledger');
  expect(body.entries).toHaveLength(2);
  expect(body.summary).toEqual({
    calls: 2,
    byStatus: { 200: 2 },
    maxConcurrency: 1,
    maxInWindow: 2,
    duplicates: { '/api/verify': 2 },
  });
  await steer('DELETE', 'ledger');
  expect((await steer('GET', 'ledger')).body.entries).toEqual([]);
});

it('says how large the world is', async () => {
  expect((await steer('GET', 'world/summary')).body).toEqual({
    workspace: 'acme',
    collections: 3,
    reports: 3,
    queries: 5,
    charts: 8,
    members: 3,
    dataSources: 4,
  });
});

it('injects faults, forever unless told how often, and clears them', async () => {
  await steer('POST', 'faults', { match: 'verify', kind: 'status500' });
  expect([await test.status('/api/verify'), await test.status('/api/verify')]).toEqual([500, 500]);
  await steer('DELETE', 'faults');
  expect(await test.status('/api/verify')).toBe(200);
  await steer('POST', 'faults', { match: 'verify', kind: 'status429', times: 1, skip: 0, retryAfter: '3', body: '{}' });
  const reply = await test.get('/api/verify');
  expect([reply.status, reply.headers.get('retry-after'), reply.body]).toEqual([429, '3', {}]);
  expect(await test.status('/api/verify')).toBe(200);
});

it('changes how Mode behaves', async () => {
  const { status, body } = await steer('PATCH', 'behaviour', {
    rateLimit: { limit: 1, windowMs: 60_000 },
    ids: 'numbers',
  });
  expect([status, body.ids]).toEqual([200, 'numbers']);
  expect([await test.status('/api/verify'), await test.status('/api/verify')]).toEqual([200, 429]);
  for (const discoveryShuffle of ['rotate', false]) {
    expect((await steer('PATCH', 'behaviour', { discoveryShuffle })).body).toMatchObject({ discoveryShuffle });
  }
  await steer('PATCH', 'behaviour', { rateLimit: null });
  expect(await test.status('/api/verify')).toBe(200);
});

it.each([
  ['PATCH', 'behaviour', { nonsense: 1 }],
  ['PATCH', 'behaviour', { latencyMs: 'soon' }],
  ['PATCH', 'behaviour', 'not json'],
  ['PATCH', 'behaviour', { ids: null }],
  ['PATCH', 'behaviour', { discoveryShuffle: 3 }],
  ['POST', 'faults', { kind: 'status500' }],
  ['POST', 'faults', { match: 'verify', kind: 'mutate' }],
  ['POST', 'faults', { match: 'verify', kind: 'slow', delayMs: 'long' }],
])('refuses %s %s %p', async (method, path, body) => {
  const reply = await steer(method, path, body);
  expect(reply.status).toBe(400);
  expect(typeof reply.body.message).toBe('string');
});

it('has nothing else', async () => {
  expect((await steer('GET', 'credentials')).status).toBe(404);
});
