import { ManualClock } from './manual-clock.ts';
import { TestMode } from './test-mode.ts';

let test: TestMode;
let clock: ManualClock;

beforeEach(async () => {
  clock = new ManualClock();
  test = await TestMode.start({
    clock,
    size: { reports: 3, collections: 3, members: 3 },
    behaviour: { rateLimit: { limit: 4, windowMs: 1000 } },
  });
});
afterEach(() => test.mode.close());

async function statuses(count: number): Promise<number[]> {
  const seen: number[] = [];
  for (let call = 0; call < count; call += 1) seen.push(await test.status('/api/verify'));
  return seen;
}

describe('the window', () => {
  it('takes the limit and not one more', async () => {
    expect(await statuses(6)).toEqual([200, 200, 200, 200, 429, 429]);
  });

  it('slides: a place is free again exactly one window after it was taken', async () => {
    await statuses(1);
    clock.advance(600);
    await statuses(3);
    clock.advance(399);
    expect(await statuses(1)).toEqual([429]);
    clock.advance(1);
    expect(await statuses(2)).toEqual([200, 429]);
    clock.advance(599);
    expect(await statuses(1)).toEqual([429]);
    clock.advance(1);
    expect(await statuses(4)).toEqual([200, 200, 200, 429]);
    expect(test.mode.ledger.entries.filter(({ status }) => status === 200)).toHaveLength(8);
  });

  it('tells the limit and what is left of it on every answer to a credential', async () => {
    const seen: (string | null)[] = [];
    for (let call = 0; call < 5; call += 1) {
      const { headers } = await test.get(call === 1 ? '/api/acme/nothing' : '/api/verify');
      expect(headers.get('x-ratelimit-limit')).toBe('4');
      seen.push(headers.get('x-ratelimit-remaining'));
    }
    expect(seen).toEqual(['3', '2', '1', '0', '0']);
    expect(test.mode.ledger.entries.map(({ remaining }) => String(remaining))).toEqual(seen);
    expect((await test.get('/api/acme', 'nobody')).headers.get('x-ratelimit-limit')).toBeNull();
  });

  it('is per username', async () => {
    await statuses(5);
    expect(await test.status('/api/verify', 'member')).toBe(200);
  });

  it('does not count anonymous calls', async () => {
    for (let call = 0; call < 6; call += 1) expect(await test.status('/api/acme', 'nobody')).toBe(200);
  });

  it('can be switched off, with its headers', async () => {
    test.mode.behaviour.rateLimit = null;
    expect(await statuses(9)).not.toContain(429);
    expect((await test.get('/api/verify')).headers.has('x-ratelimit-limit')).toBe(false);
  });

  it('forgets refused calls, unless they are to count', async () => {
    await statuses(4);
    clock.advance(500);
    await statuses(4);
    clock.advance(500);
    expect(await statuses(1)).toEqual([200]);

    clock.advance(5000);
    test.mode.behaviour.refusedCount = true;
    await statuses(4);
    clock.advance(500);
    await statuses(4);
    clock.advance(500);
    expect(await statuses(1)).toEqual([429]);
  });
});

describe('a refusal', () => {
  it('is Mode’s error body', async () => {
    await statuses(4);
    const { body, headers } = await test.get('/api/verify');
    expect(body.id).toBe('rate_limited');
    expect(headers.has('retry-after')).toBe(false);
  });

  it('says when to come back in seconds, and means it', async () => {
    test.mode.behaviour.rateLimit = { limit: 4, windowMs: 10_000 };
    test.mode.behaviour.retryAfter = 'seconds';
    await statuses(4);
    clock.advance(2500);
    const wait = Number((await test.get('/api/verify')).headers.get('retry-after'));
    expect(wait).toBe(8);
    clock.advance(wait * 1000);
    expect(await statuses(1)).toEqual([200]);
  });

  it('says when to come back as a date, and means it', async () => {
    test.mode.behaviour.rateLimit = { limit: 4, windowMs: 10_000 };
    test.mode.behaviour.retryAfter = 'date';
    await statuses(4);
    clock.advance(2500);
    const date = (await test.get('/api/verify')).headers.get('retry-after') ?? '';
    expect(date).toMatch(/ GMT$/);
    clock.advance(Date.parse(date) - clock.now());
    expect(await statuses(1)).toEqual([200]);
  });

  it('can be for everybody until a time', async () => {
    test.mode.behaviour.retryAfter = 'seconds';
    test.mode.behaviour.refuseEverythingUntil = clock.now() + 30_000;
    const { status, headers } = await test.get('/api/verify');
    expect([status, headers.get('retry-after')]).toEqual([429, '30']);
    expect(await test.status('/api/verify', 'member')).toBe(429);
    expect(await test.status('/api/acme', 'nobody')).toBe(200);
    clock.advance(30_000);
    expect(await statuses(1)).toEqual([200]);
  });
});

it('answers after its latency, in clock time', async () => {
  test.mode.behaviour.latencyMs = 40;
  const reply = test.get('/api/verify');
  while (clock.waiting === 0) await new Promise(setImmediate);
  expect(test.mode.ledger.entries[0]).toMatchObject({ answeredAt: undefined, status: 0 });
  clock.advance(40);
  expect((await reply).status).toBe(200);
  const [entry] = test.mode.ledger.entries;
  expect((entry?.answeredAt ?? 0) - (entry?.at ?? 0)).toBe(40);
});
