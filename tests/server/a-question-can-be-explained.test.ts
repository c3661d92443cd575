import type { Simulator } from '../../src/simulator/index.ts';
import { askWith, EXPLAIN, explanationOf } from '../support/explain.ts';
import { ask, envFor, envWithDiscovery, startSmallMode } from '../support/gateway.ts';
import { ShiftedClock } from '../support/shifted-clock.ts';
import { SteppingClock } from '../support/stepping-clock.ts';
import { some } from '../support/world-order.ts';
import { SeveralGateways } from '../support/several-gateways.ts';

const DEEP = `{ workspace { name collections(first: 3) { nodes { name reports(first: 5) { totalCount nodes {
  name queries { nodes { name charts { nodes { title } } } } } } } } } }`;
const LIVE = { 'cache-control': 'no-cache' };

/** Time for whatever an answer leaves running behind it. */
const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 30));

describe('a question that is explained', () => {
  let mode: Simulator;
  const gateways = new SeveralGateways();
  const gatewayWith = gateways.over;

  beforeAll(async () => {
    mode = await startSmallMode();
  });

  beforeEach(() => mode.ledger.clear());

  afterAll(async () => {
    await gateways.dispose();
    await mode.close();
  });

  it('says how it would be found, how long that takes and what one may ask, and is not answered', async () => {
    const gateway = gatewayWith({ ...envWithDiscovery(mode), MAX_UPSTREAM_CALLS: '160' });
    const answer = await askWith(gateway, EXPLAIN, DEEP);
    expect(answer).toMatchObject({
      data: null,
      extensions: {
        explain: {
          estimatedCalls: 39,
          calls: { rest: 1, discovery: 38 },
          estimatedSeconds: 0,
          guessed: true,
          steps: [
            { what: 'charts', how: 'scan', source: 'DISCOVERY', keys: 45, calls: 19 },
            { what: 'queries', how: 'scan', source: 'DISCOVERY', keys: 15, calls: 13 },
            { what: 'reports', how: 'scan', source: 'DISCOVERY', keys: 3, calls: 5 },
            { what: 'workspace', how: 'read', source: 'REST', keys: 1, calls: 1 },
            { what: 'collections', how: 'scan', source: 'DISCOVERY', keys: 1, calls: 1 },
          ],
          objects: 1 + 3 + 15 + 300 + 6_000,
          limits: { calls: 160, objects: 1_000_000, seconds: 30 },
          refusal: null,
        },
        upstream: { calls: { rest: 0, discovery: 0 }, plan: [], notes: [], snapshotAsOf: null },
      },
    });
    expect(answer.errors).toBeUndefined();
    expect(Object.keys(answer.extensions?.explain ?? {})).toHaveLength(8);
  });

  it('has nothing read for it, not even behind it, of a catalog that is empty', async () => {
    const gateway = gatewayWith(envWithDiscovery(mode));
    for (const headers of [{}, LIVE]) await explanationOf(gateway, DEEP, headers);
    await aMoment();
    expect(mode.ledger.entries).toEqual([]);
    expect(gateway.catalog.status().filter(({ asOf, reading }) => asOf !== null || reading !== null)).toEqual([]);
    expect(gateway.throttle.state()).toMatchObject({ running: 0, queued: 0, remaining: 100_000 });
  });

  it('has nothing read for it, not even behind it, of a catalog that is too old', async () => {
    const clock = new ShiftedClock();
    const gateway = gatewayWith(envWithDiscovery(mode), { clock });
    await gateway.catalog.warm();
    clock.skip(3_600_000);
    mode.ledger.clear();
    expect(await explanationOf(gateway, DEEP)).toMatchObject({ estimatedCalls: 0, guessed: false });
    const fresh = { 'cache-control': 'max-age=60' };
    expect(await explanationOf(gateway, DEEP, fresh)).toMatchObject({ estimatedCalls: 5, guessed: false });
    await aMoment();
    expect(mode.ledger.entries).toEqual([]);
    // An ordinary question has them read: it is not that nobody would.
    await ask(gateway, DEEP);
    await aMoment();
    expect(mode.ledger.entries.length).toBeGreaterThan(0);
  });

  it('names what costs nothing too, with the numbers of what would be shown', async () => {
    const gateway = gatewayWith(envWithDiscovery(mode));
    await gateway.catalog.warm();
    const query = '{ workspace { name reports(first: 4) { nodes { name creator { name } queries { totalCount } } } } }';
    expect(await explanationOf(gateway, query)).toMatchObject({
      estimatedCalls: 0,
      calls: { rest: 0, discovery: 0 },
      guessed: false,
      steps: [
        { what: 'workspace', how: 'snapshot', source: 'REST', keys: 1, calls: 0 },
        { what: 'reports', how: 'snapshot', source: 'DISCOVERY', keys: 1, calls: 0 },
        { what: 'members', how: 'snapshot', source: 'REST', keys: 1, calls: 0 },
        { what: 'queries', how: 'snapshot', source: 'DISCOVERY', keys: 4, calls: 0 },
      ],
    });
  });

  it('counts what is named and not in the catalog, for it may have been made since', async () => {
    const gateway = gatewayWith(envWithDiscovery(mode));
    await gateway.catalog.warm();
    mode.ledger.clear();
    const query = `{ reports(tokens: ["000000000001", "000000000002", "${some(mode.world.reports).token}"]) { name } }`;
    expect(await explanationOf(gateway, query)).toMatchObject({ calls: { rest: 2, discovery: 0 } });
    await ask(gateway, query);
    expect(mode.ledger.entries).toHaveLength(2);
  });

  it('costs nothing when it is about the schema, the rate limit or the catalog', async () => {
    const gateway = gatewayWith(envWithDiscovery(mode));
    const query = '{ __typename __schema { types { name } } rateLimit { remaining } catalog { state lists { name } } }';
    expect(await explanationOf(gateway, query)).toMatchObject({
      estimatedCalls: 0,
      objects: 0,
      steps: [],
      guessed: false,
    });
  });

  it.each([
    ['true', true],
    ['TRUE', true],
    ['1', true],
    ['false', false],
    ['0', false],
    ['', false],
    ['yes', false],
  ])('is so with X-Gateway-Explain: %s: %s', async (value, isExplained) => {
    const gateway = gatewayWith(envFor(mode));
    const answer = await askWith(gateway, { 'X-Gateway-Explain': value }, '{ workspace { username } }');
    expect(answer.data).toEqual(isExplained ? null : { workspace: { username: 'acme' } });
    expect(answer.extensions?.explain !== undefined).toBe(isExplained);
  });

  it('is never refused for its cost, and says how it would be', async () => {
    const { token } = some(mode.world.reports);
    for (const [env, query] of [
      [{ MAX_UPSTREAM_CALLS: '1' }, `{ report(token: "${token}") { name queries { totalCount } } }`],
      [{ MAX_NODES: '1000' }, DEEP],
    ] as const) {
      const gateway = gatewayWith({ ...envFor(mode), ...env });
      const { refusal } = await explanationOf(gateway, query);
      const asked = await ask(gateway, query);
      expect(asked.data).toBeUndefined();
      expect(refusal).toEqual({
        code: asked.errors?.[0]?.extensions?.code,
        message: asked.errors?.[0]?.message,
      });
      expect(refusal?.code).toBe('OPERATION_TOO_COSTLY');
    }
    expect(mode.ledger.entries).toEqual([]);
  });

  it('is told the time that its caller has', async () => {
    const gateway = gatewayWith({ ...envFor(mode), OPERATION_TIMEOUT: '20s' });
    for (const [prefer, seconds] of [
      ['wait=5', 5],
      ['wait=60', 20],
    ] as const) {
      expect(await explanationOf(gateway, DEEP, { prefer })).toMatchObject({ limits: { seconds } });
    }
  });

  describe('by the rate limit as it stands', () => {
    const tokens = (count: number): string =>
      `{ ${Array.from({ length: count }, (_, index) => `a${index}: report(token: "${String(index).padStart(12, '0')}") { name }`).join(' ')} }`;

    it('takes what the window leaves, and when it is filled again', async () => {
      const clock = new SteppingClock();
      const gateway = gatewayWith({ ...envFor(mode), MODE_RATE_LIMIT: '4/10s' }, { clock });
      const seconds = async (calls: number): Promise<number> =>
        (await explanationOf(gateway, tokens(calls))).estimatedSeconds;
      expect([await seconds(1), await seconds(4), await seconds(5), await seconds(10)]).toEqual([0, 0, 10, 20]);
      await clock.drive(ask(gateway, tokens(3)), mode, gateway);
      clock.skip(2_500);
      expect([await seconds(1), await seconds(2), await seconds(4), await seconds(5)]).toEqual([0, 7.5, 7.5, 10]);
      gateway.throttle.refused('15');
      expect([await seconds(1), await seconds(5)]).toEqual([15, 25]);
      expect(await explanationOf(gateway, '{ workspace { username } }')).toMatchObject({ estimatedSeconds: 0 });
    });

    it('goes by whichever of two limits takes longer', async () => {
      const query = '{ workspace { name reports(first: 1) { nodes { name } } } }';
      const env = { ...envWithDiscovery(mode), MODE_RATE_LIMIT: '100/10s' };
      const together = gatewayWith({ ...env, MODE_RATE_LIMIT: '2/10s' }, { clock: new SteppingClock() });
      const apart = gatewayWith({ ...env, MODE_DISCOVERY_RATE_LIMIT: '2/10s' }, { clock: new SteppingClock() });
      // One call to REST and five, as is guessed, to Discovery: by twos, the sixth and the fifth go in the third round.
      expect(await explanationOf(together, query)).toMatchObject({ estimatedCalls: 6, estimatedSeconds: 20 });
      expect(await explanationOf(apart, query)).toMatchObject({ estimatedCalls: 6, estimatedSeconds: 20 });
      const unequal = gatewayWith({ ...env, MODE_DISCOVERY_RATE_LIMIT: '1/10s' }, { clock: new SteppingClock() });
      expect(await explanationOf(unequal, query)).toMatchObject({ estimatedSeconds: 40 });
    });
  });

  it('with the caller’s own key of Mode costs the check of the key, as any request does, and nothing more', async () => {
    const gateway = gatewayWith({ ...envWithDiscovery(mode), GATEWAY_AUTH: 'pass-through' });
    const { token, secret } = mode.credentials.member;
    const authorization = `Basic ${Buffer.from(`${token}:${secret}`).toString('base64')}`;
    const first = await explanationOf(gateway, DEEP, { authorization });
    expect(mode.ledger.entries.map(({ path }) => path)).toEqual(['/api/verify']);
    // What the caller may see is read first, once, with their own key.
    expect(first.calls).toEqual({ rest: 1 + 4, discovery: 5 + 13 + 19 });
    mode.ledger.clear();
    await explanationOf(gateway, DEEP, { authorization });
    expect(mode.ledger.entries).toEqual([]);
  });
});
