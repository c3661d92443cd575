import { ManualClock } from './manual-clock.ts';
import { TestMode, type Hal } from './test-mode.ts';

let test: TestMode;
let clock: ManualClock;
const PATH = '/api/acme/data_sources';

beforeAll(async () => {
  clock = new ManualClock();
  test = await TestMode.start({ clock, size: { reports: 3, collections: 3, members: 3 } });
});
afterAll(() => test.mode.close());
afterEach(() => {
  test.mode.faults.clear();
  test.mode.ledger.clear();
});

describe('errors', () => {
  it.each([
    ['status500', 500, 'internal_server_error'],
    ['status401', 401, 'unauthorized'],
    ['status403', 403, 'forbidden'],
    ['status404', 404, 'not_found'],
    ['status429', 429, 'rate_limited'],
  ] as const)('%s is Mode’s own kind of body', async (kind, status, id) => {
    test.mode.faults.inject({ match: 'data_sources', kind, retryAfter: '7' });
    const reply = await test.get(PATH);
    expect([reply.status, reply.body.id, reply.headers.get('retry-after')]).toEqual([status, id, '7']);
    expect(test.mode.ledger.entries[0]).toMatchObject({ fault: kind, status });
  });

  it('can say anything', async () => {
    test.mode.faults.inject({ match: 'data_sources', kind: 'status500', body: 'oh no' });
    expect(await (await test.fetch(PATH)).text()).toBe('oh no');
  });

  it.each([
    ['html502', 502],
    ['html200', 200],
  ] as const)('%s is a page', async (kind, status) => {
    test.mode.faults.inject({ match: 'data_sources', kind });
    const response = await test.fetch(PATH);
    expect([response.status, response.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
    expect(await response.text()).toContain('<html>');
  });
});

describe('broken transport', () => {
  it('truncated breaks off in the middle of the body', async () => {
    const whole = await (await test.fetch(PATH)).text();
    test.mode.faults.inject({ match: 'data_sources', kind: 'truncated', times: 1 });
    const response = await test.fetch(PATH);
    expect(Number(response.headers.get('content-length'))).toBe(Buffer.byteLength(whole));
    await expect(response.text()).rejects.toThrow();
    expect(test.mode.ledger.entries[1]).toMatchObject({ fault: 'truncated', status: 200 });
    expect(test.mode.ledger.entries[1]?.aborted).toBeUndefined();
  });

  it('truncatedJson is a whole answer that cannot be parsed', async () => {
    test.mode.faults.inject({ match: 'data_sources', kind: 'truncatedJson', times: 1 });
    const response = await test.fetch(PATH);
    const body = await response.text();
    expect(response.status).toBe(200);
    expect(() => JSON.parse(body) as unknown).toThrow(SyntaxError);
    expect(body.startsWith('{"_links"')).toBe(true);
  });

  it('reset drops the connection before any byte', async () => {
    const handle = test.mode.faults.inject({ match: 'data_sources', kind: 'reset' });
    await expect(test.fetch(PATH)).rejects.toThrow();
    handle.remove();
    expect(test.mode.ledger.entries[0]).toMatchObject({ fault: 'reset', status: 0 });
    expect(test.mode.ledger.entries[0]?.aborted).toBeUndefined();
    expect(await test.status(PATH)).toBe(200);
  });
});

describe('slowness', () => {
  it('delays a right answer', async () => {
    test.mode.faults.inject({ match: 'data_sources', kind: 'slow', delayMs: 5000 });
    const reply = test.get(PATH);
    while (clock.waiting === 0) await new Promise(setImmediate);
    clock.advance(4999);
    expect(test.mode.ledger.entries[0]?.answeredAt).toBeUndefined();
    clock.advance(1);
    expect((await reply).body._embedded.data_sources).toHaveLength(4);
  });

  it('ends when the client goes away, which the ledger notes', async () => {
    test.mode.faults.inject({ match: 'data_sources', kind: 'slow' });
    const controller = new AbortController();
    const reply = test.fetch(PATH, 'admin', { signal: controller.signal });
    while (clock.waiting === 0) await new Promise(setImmediate);
    controller.abort();
    await expect(reply).rejects.toThrow();
    while (clock.waiting > 0) await new Promise(setImmediate);
    expect(test.mode.ledger.entries[0]).toMatchObject({ aborted: true, status: 499, answeredAt: clock.now() });
    test.mode.faults.clear();
    expect(await test.status(PATH)).toBe(200);
    expect(test.mode.ledger.entries[1]?.concurrency).toBe(1);
  });

  it('does not keep the simulator from closing', async () => {
    const other = await TestMode.start({ clock, size: { reports: 1, collections: 1, members: 2 } });
    other.mode.faults.inject({ match: '/', kind: 'slow' });
    const reply = other.fetch('/api/verify');
    const failed = expect(reply).rejects.toThrow();
    while (clock.waiting === 0) await new Promise(setImmediate);
    await other.mode.close();
    await failed;
    await other.mode.close();
  });
});

describe('mutation', () => {
  it('hands the payload to a function and sends what it returns', async () => {
    test.mode.faults.inject({
      match: /data_sources$/,
      kind: 'mutate',
      times: 1,
      mutate: (payload) => {
        const { _embedded } = payload as Hal;
        delete _embedded.data_sources?.[0]?.token;
        return payload;
      },
    });
    const [broken, sound] = await test.rows(PATH, 'data_sources');
    expect(broken).not.toHaveProperty('token');
    expect(sound).toHaveProperty('token');
    expect((await test.rows(PATH, 'data_sources'))[0]).toHaveProperty('token');
  });
});

describe('when a fault is played', () => {
  it('is after the calls it skips, as often as it says, and counted', async () => {
    const handle = test.mode.faults.inject({ match: 'data_sources', kind: 'status500', skip: 1, times: 2 });
    const seen: number[] = [];
    for (let call = 0; call < 5; call += 1) seen.push(await test.status(PATH));
    expect(seen).toEqual([200, 500, 500, 200, 200]);
    expect(handle.hits).toBe(2);
  });

  it('is on calls that match only, query string included', async () => {
    const handle = test.mode.faults.inject({ match: /page=2$/g, kind: 'status500' });
    expect(await test.status(`${PATH}?page=1`)).toBe(200);
    expect(await test.status(`${PATH}?page=2`)).toBe(500);
    expect(await test.status(`${PATH}?page=2`)).toBe(500);
    handle.remove();
    expect(await test.status(`${PATH}?page=2`)).toBe(200);
  });

  it('is the oldest that is due, then the next', async () => {
    test.mode.faults.inject({ match: 'data_sources', kind: 'status500', times: 1 });
    test.mode.faults.inject({ match: 'data_sources', kind: 'status404', times: 1 });
    expect([await test.status(PATH), await test.status(PATH), await test.status(PATH)]).toEqual([500, 404, 200]);
  });

  it('is never on a call that was refused', async () => {
    const handle = test.mode.faults.inject({ match: 'data_sources', kind: 'status500', times: 1 });
    test.mode.behaviour.refuseEverythingUntil = clock.now() + 10;
    expect(await test.status(PATH)).toBe(429);
    test.mode.behaviour.refuseEverythingUntil = null;
    expect(handle.hits).toBe(0);
    expect(await test.status(PATH)).toBe(500);
  });
});
