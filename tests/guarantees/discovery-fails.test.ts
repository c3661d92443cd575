import type { Gateway } from '../../src/gateway.ts';
import type { FaultKind, SimChart, Simulator } from '../../src/simulator/index.ts';
import {
  ask,
  bill,
  envWithDiscovery,
  gatewayOver,
  IMPATIENT,
  startSmallMode,
  type Answer,
  type Env,
} from '../support/gateway.ts';
import { inOrder } from '../support/world-order.ts';

const QUESTION = '{ workspace { charts(first: 100) { totalCount nodes { token title } } } }';
const PAGES = 19;
/** Answers with a page in a scan. */
const SEVENTH = /\/batch\/acme\/charts\?page=7(&|$)/;

const KINDS: readonly { kind: FaultKind; code: string; attempts: number }[] = [
  { kind: 'status401', code: 'UPSTREAM_UNAUTHENTICATED', attempts: 1 },
  { kind: 'status403', code: 'UPSTREAM_FORBIDDEN', attempts: 1 },
  { kind: 'status404', code: 'UPSTREAM_UNAUTHENTICATED', attempts: 1 },
  { kind: 'status500', code: 'UPSTREAM_UNAVAILABLE', attempts: 3 },
  { kind: 'reset', code: 'UPSTREAM_UNAVAILABLE', attempts: 3 },
  { kind: 'slow', code: 'UPSTREAM_TIMEOUT', attempts: 3 },
  { kind: 'html200', code: 'UPSTREAM_INVALID_RESPONSE', attempts: 1 },
  { kind: 'truncatedJson', code: 'UPSTREAM_INVALID_RESPONSE', attempts: 1 },
];

describe('a fault at Discovery', () => {
  let mode: Simulator;
  let gateway: Gateway;
  const unforeseen: unknown[] = [];

  beforeEach(async () => {
    // Nineteen pages of charts, as a workspace of 4,146 reports has.
    mode = await startSmallMode({
      size: { charts: 5 * PAGES },
      behaviour: { discoveryPageSize: 5 },
    });
    unforeseen.length = 0;
    gateway = over();
  });

  afterEach(async () => {
    await gateway.dispose();
    await mode.close();
    expect(unforeseen).toEqual([]);
  });

  const over = (env: Env = {}) =>
    gatewayOver({ ...envWithDiscovery(mode), ...env }, { reportError: (error) => unforeseen.push(error) });
  const truth = (charts: readonly SimChart[] = mode.world.charts) => ({
    workspace: {
      charts: {
        totalCount: charts.length,
        nodes: inOrder(charts, (row) => row.title || null)
          .slice(0, 100)
          .map((row) => ({ token: row.token, title: row.title || null })),
      },
    },
  });
  const discoveryCalls = () => mode.ledger.calls({ api: 'DISCOVERY' }).length;
  const codesOf = (answer: Answer) => answer.extensions?.upstream.notes.map(({ code }) => code);
  const ledgerBill = () => ({ rest: mode.ledger.calls({ api: 'REST' }).length, discovery: discoveryCalls() });
  /** Never less than Mode counted; a page that was cut on its way out may not have arrived. */
  const expectHonest = (answer: Answer, cut = 0): void => {
    const { rest, discovery } = answer.extensions?.upstream.calls ?? { rest: -1, discovery: -1 };
    const counted = ledgerBill();
    expect(rest).toBe(counted.rest);
    expect(discovery).toBeGreaterThanOrEqual(counted.discovery);
    expect(discovery).toBeLessThanOrEqual(counted.discovery + cut);
  };

  it.each(KINDS)(
    'of the kind $kind on one page for ever leaves the answer to REST',
    async ({ kind, code, attempts }) => {
      if (kind === 'slow') gateway = over(IMPATIENT);
      const fault = mode.faults.inject({ match: SEVENTH, kind, delayMs: 60_000 });

      const { answer } = await bill(mode, gateway, QUESTION);

      expect(answer.errors).toBeUndefined();
      expect(answer.data).toEqual(truth());
      expect(codesOf(answer)).toEqual([code]);
      expect(fault.hits).toBe(attempts);
      expect(discoveryCalls()).toBeLessThanOrEqual(PAGES - 1 + attempts);
      expectHonest(answer, 3);
      // The first page, those up to the seventh, and what was on its way beside it.
      if (attempts === 1) expect(discoveryCalls()).toBeLessThanOrEqual(7 + 4);

      // Asked again at once, Discovery is left alone.
      const before = discoveryCalls();
      const again = await ask(gateway, QUESTION);
      expect(again.data).toEqual(truth());
      expect(discoveryCalls()).toBe(before);
    },
  );

  it.each(KINDS)(
    'of the kind $kind on every list leaves all answers to REST, and asks once',
    async ({ kind, code }) => {
      if (kind === 'slow') gateway = over(IMPATIENT);
      mode.faults.inject({ match: '/batch/', kind, delayMs: 60_000 });

      const { answer } = await bill(
        mode,
        gateway,
        `{ workspace { collections { totalCount } reports { totalCount nodes { name lastViewedAt } }
         queries { totalCount } charts { totalCount } members(first: 100) { nodes { username } } } }`,
      );

      expect(answer.errors).toBeUndefined();
      const { world } = mode;
      expect(answer.data).toMatchObject({
        workspace: {
          collections: { totalCount: world.collections.length },
          reports: { totalCount: world.reports.length },
          queries: { totalCount: world.queries.length },
          charts: { totalCount: world.charts.length },
        },
      });
      expect(codesOf(answer)?.sort()).toEqual([code, 'DISCOVERY_UNAVAILABLE'].sort());
      // Each list at most once, with its retries: they were asked for at the same moment.
      expect(discoveryCalls()).toBeLessThanOrEqual(6 * 3);
      expectHonest(answer, 3);
    },
  );

  it.each(['status500', 'reset', 'html502', 'status429'] as const)(
    'of the kind %s that passes is healed by one more call',
    async (kind) => {
      mode.faults.inject({ match: SEVENTH, kind, times: 1 });
      const { answer, calls } = await bill(mode, gateway, QUESTION);
      expect(answer.data).toEqual(truth());
      expect(codesOf(answer)).toEqual([]);
      expect(calls).toHaveLength(PAGES + 1);
    },
  );

  it('a token that expires in the middle of a scan leaves the answer to REST', async () => {
    mode.faults.inject({
      match: /charts\?page=5(&|$)/,
      kind: 'mutate',
      mutate: (payload) => {
        mode.discovery.expiresAt = 0;
        return payload;
      },
    });
    const { answer } = await bill(mode, gateway, QUESTION);
    expect(answer.data).toEqual(truth());
    expect(codesOf(answer)).toEqual(['UPSTREAM_UNAUTHENTICATED']);
    expect(discoveryCalls()).toBeLessThan(PAGES);
    expectHonest(answer, 3);
  });

  it('a minted token that dies in the middle of a scan is replaced, and the scan goes on', async () => {
    await gateway.dispose();
    gateway = gatewayOver({ ...envWithDiscovery(mode), MODE_DISCOVERY: 'mint' });
    mode.faults.inject({ match: SEVENTH, kind: 'status401', times: 1 });
    const { answer } = await bill(mode, gateway, QUESTION);
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual(truth());
    expect(codesOf(answer)).toEqual([]);
    expect(mode.ledger.calls({ path: '/batch/acme/charts' })).toHaveLength(PAGES + 1);
  });

  it.each([
    ['shrinks', -5, -1],
    ['grows', 5, 1],
  ])('a total that %s between two pages ends all the same', async (_, rows, pages) => {
    mode.faults.inject({
      match: /\/batch\/acme\/charts\?page=1[0-9]/,
      kind: 'mutate',
      mutate: (payload) => {
        const page = payload as { pagination: { total_count: number; total_pages: number } };
        const { total_count, total_pages } = page.pagination;
        return {
          ...page,
          pagination: { ...page.pagination, total_count: total_count + rows, total_pages: total_pages + pages },
        };
      },
    });
    const { answer } = await bill(mode, gateway, QUESTION);
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual(truth());
    expect(discoveryCalls()).toBeLessThanOrEqual(2 * (PAGES + 1));
    expectHonest(answer);
  });

  it.each([
    ['absent', {}],
    ['far too large', { pagination: { total_pages: 2 * PAGES, total_count: 3 } }],
    ['nonsense', { pagination: { total_pages: 'many', total_count: -1 } }],
  ])('counters that are %s make no scan without end', async (_, counters) => {
    mode.faults.inject({
      match: '/batch/acme/charts',
      kind: 'mutate',
      mutate: (payload) => ({ charts: (payload as { charts: unknown }).charts, ...counters }),
    });
    const { answer } = await bill(mode, gateway, '{ workspace { charts(first: 1) { nodes { token } } } }');
    expect(answer.errors).toBeUndefined();
    expect(discoveryCalls()).toBeLessThanOrEqual(2 * PAGES);
  });

  it('rows that come twice are shown once', async () => {
    mode.behaviour.discoveryShuffle = 'rotate';
    const { answer } = await bill(mode, gateway, QUESTION);
    expect(answer.data).toEqual(truth());
    expect(discoveryCalls()).toBeLessThanOrEqual(2 * 24);
  });

  it('pages drawn anew each time show no row twice, and are not chased', async () => {
    mode.behaviour.discoveryShuffle = true;
    const { answer } = await bill(mode, gateway, QUESTION);
    expect(answer.errors).toBeUndefined();
    const tokens = (
      answer.data as { workspace: { charts: { nodes: { token: string }[] } } }
    ).workspace.charts.nodes.map((row) => row.token);
    expect(new Set(tokens).size).toBe(tokens.length);
    expect(discoveryCalls()).toBeLessThanOrEqual(2 * PAGES);
  });

  it('of statistics alone leaves view counts to REST', async () => {
    mode.faults.inject({ match: '/batch/acme/report_stats', kind: 'status403' });
    const { answer } = await bill(
      mode,
      gateway,
      '{ workspace { reports(first: 100, orderBy: { field: VIEW_COUNT, direction: DESC }) { nodes { token viewCount } } } }',
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({
      workspace: {
        reports: {
          nodes: inOrder(mode.world.reports, (row) => row.viewCount, 'DESC').map(({ token, viewCount }) => ({
            token,
            viewCount,
          })),
        },
      },
    });
    expectHonest(answer);
  });

  it('that has passed is forgotten after a while', async () => {
    const fault = mode.faults.inject({ match: '/batch/', kind: 'status403' });
    await ask(gateway, QUESTION);
    fault.remove();
    const { calls } = await bill(mode, gateway, '{ catalog { state } report(token: "000000000000") { name } }');
    expect(calls.filter((path) => path.startsWith('/batch'))).toEqual([]);
  });
});
