import fc from 'fast-check';
import { Ledger, type LedgerEntry } from '../../src/simulator/index.ts';
import { ManualClock } from './manual-clock.ts';
import { TestMode } from './test-mode.ts';

const entry = fc.record<LedgerEntry>({
  at: fc.integer({ min: 0, max: 60 }),
  answeredAt: fc.constant(undefined),
  api: fc.constantFrom('REST', 'DISCOVERY'),
  method: fc.constant('GET'),
  path: fc.constantFrom('/a', '/b', '/c?page=1', '/c?page=2'),
  status: fc.constantFrom(200, 201, 404, 429, 0),
  credential: fc.constantFrom('admin', 'member', 'anonymous', 'unknown'),
  concurrency: fc.integer({ min: 1, max: 9 }),
  remaining: fc.constant(undefined),
});

function ledgerOf(entries: LedgerEntry[]): Ledger {
  const ledger = new Ledger();
  ledger.entries.push(...entries);
  return ledger;
}

describe('against brute force', () => {
  it('finds the fullest window', () => {
    fc.assert(
      fc.property(fc.array(entry), fc.integer({ min: 1, max: 30 }), (entries, ms) => {
        let most = 0;
        for (let start = -31; start <= 61; start += 1) {
          most = Math.max(most, entries.filter(({ at }) => at > start && at <= start + ms).length);
        }
        expect(ledgerOf(entries).maxInWindow(ms)).toBe(most);
      }),
    );
  });

  it('finds the paths asked twice', () => {
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const good = entries.filter(({ status }) => [200, 201].includes(status)).map(({ path }) => path);
        const twice = [...new Set(good)].filter((path) => good.indexOf(path) !== good.lastIndexOf(path));
        const found = ledgerOf(entries).duplicates();
        expect([...found.keys()].toSorted()).toEqual(twice.toSorted());
        for (const [path, count] of found) expect(count).toBe(good.filter((other) => other === path).length);
      }),
    );
  });

  it('counts statuses and concurrency', () => {
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const ledger = ledgerOf(entries);
        const counts = ledger.countByStatus();
        expect(Object.values(counts).reduce((a, b) => a + b, 0)).toBe(entries.length);
        for (const [status, count] of Object.entries(counts)) {
          expect(ledger.calls({ status: Number(status) })).toHaveLength(count);
        }
        expect(ledger.maxConcurrency()).toBe(Math.max(0, ...entries.map(({ concurrency }) => concurrency)));
      }),
    );
  });

  it('says that two calls a window apart never share one', () => {
    const at = (time: number): LedgerEntry => ({
      at: time,
      answeredAt: time,
      api: 'REST',
      method: 'GET',
      path: '/a',
      status: 200,
      credential: 'admin',
      concurrency: 1,
      remaining: 1,
    });
    expect(ledgerOf([at(0), at(10)]).maxInWindow(10)).toBe(1);
    expect(ledgerOf([at(0), at(9.999)]).maxInWindow(10)).toBe(2);
  });
});

describe('a served call', () => {
  const clock = new ManualClock();
  let test: TestMode;

  beforeAll(async () => {
    test = await TestMode.start({ clock, size: { reports: 3, collections: 3, members: 3 } });
  });
  afterAll(() => test.mode.close());
  beforeEach(() => test.mode.ledger.clear());

  it('is booked with its query string and never with its credential', async () => {
    await test.get('/api/acme/spaces?filter=all&page=1', 'member');
    await test.get('/api/acme', 'nobody');
    await fetch(`${test.mode.url}/api/verify`, { headers: { authorization: 'Basic nope' } });
    const { entries } = test.mode.ledger;
    expect(entries.map(({ method, path, status, credential }) => [method, path, status, credential])).toEqual([
      ['GET', '/api/acme/spaces?filter=all&page=1', 200, 'member'],
      ['GET', '/api/acme', 200, 'anonymous'],
      ['GET', '/api/verify', 401, 'unknown'],
    ]);
    for (const { at, answeredAt } of entries) expect(answeredAt).toBeGreaterThanOrEqual(at);
    const text = JSON.stringify(entries);
    for (const { token, secret } of Object.values(test.mode.credentials)) {
      expect(text).not.toContain(token);
      expect(text).not.toContain(secret);
    }
    expect(test.mode.ledger.calls({ path: /page=\d/ })).toHaveLength(1);
    expect(test.mode.ledger.calls({ path: 'verify', credential: 'unknown', method: 'GET' })).toHaveLength(1);
  });

  it('counts who was being served with it', async () => {
    test.mode.behaviour.latencyMs = 20;
    const replies = Promise.all(Array.from({ length: 5 }, () => test.get('/api/verify')));
    while (clock.waiting < 5) await new Promise(setImmediate);
    clock.advance(20);
    await replies;
    test.mode.behaviour.latencyMs = 0;
    expect(test.mode.ledger.entries.map(({ concurrency }) => concurrency)).toEqual([1, 2, 3, 4, 5]);
    await test.get('/api/verify');
    expect(test.mode.ledger.entries.at(-1)?.concurrency).toBe(1);
    expect(test.mode.ledger.maxConcurrency()).toBe(5);
  });
});
