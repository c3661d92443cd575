import type { Gateway } from '../../src/gateway.ts';
import type { SimCollection, SimReport, Simulator } from '../../src/simulator/index.ts';
import { ask, bill, envWithDiscovery, gatewayOver, post, startSmallMode, until } from '../support/gateway.ts';
import { at } from '../support/tree.ts';
import { inOrder } from '../support/world-order.ts';

/** `archived` is REST's alone, `lastViewedAt` Discovery's, `viewCount` REST's or of Discovery's statistics. */
describe('a question that needs both of Mode’s APIs', () => {
  let mode: Simulator;
  let gateway: Gateway;

  beforeAll(async () => {
    mode = await startSmallMode({
      size: { collections: 12, reports: 720, queries: 720, charts: 100 },
      behaviour: { discoveryPageSize: 150 },
    });
  });

  beforeEach(() => {
    gateway = gatewayOver(envWithDiscovery(mode));
  });

  afterEach(() => gateway.dispose());
  afterAll(() => mode.close());

  const reportsOf = ({ token }: SimCollection): SimReport[] => mode.world.reportsByCollection.get(token) ?? [];
  const five = () =>
    inOrder(
      mode.world.collections.filter((row) => row.type === 'custom'),
      (row) => row.name,
    ).slice(0, 5);
  const walks = (rows: readonly SimCollection[]) =>
    rows.reduce((sum, row) => sum + Math.ceil(reportsOf(row).length / 30) + 1, 0);
  const scan = () => Math.ceil(mode.world.reports.length / 150);
  const rest = () => mode.ledger.calls({ api: 'REST' }).length;
  const discovery = () => mode.ledger.calls({ api: 'DISCOVERY' }).length;
  const tree = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

  it('of the reports of five collections costs one scan and the walks over these five, not a read for each report', async () => {
    const lists = five().map(
      ({ token }, index) =>
        `c${index}: collection(token: "${token}") { reports(first: 100) { nodes { token archived lastViewedAt } } }`,
    );

    const { answer } = await bill(mode, gateway, `{ ${lists.join('\n')} }`);

    expect(answer.errors).toBeUndefined();
    expect(tree(answer.data)).toEqual(
      Object.fromEntries(
        five().map((collection, index) => [
          `c${index}`,
          {
            reports: {
              nodes: inOrder(reportsOf(collection), (row) => row.createdAt, 'DESC')
                .slice(0, 100)
                .map(({ token, archived, lastViewedAt }) => ({ token, archived, lastViewedAt })),
            },
          },
        ]),
      ),
    );
    // The list of collections, too: one call, where reading these five would take five.
    expect(discovery()).toBe(scan() + 1);
    expect(rest()).toBe(walks(five()));
    expect(answer.extensions?.upstream.calls).toEqual({ rest: rest(), discovery: discovery() });
  });

  it('of the ten reports viewed last costs the scan and ten reads', async () => {
    const { answer } = await bill(
      mode,
      gateway,
      `{ workspace { reports(first: 10, orderBy: { field: LAST_VIEWED_AT, direction: DESC }) {
        nodes { token archived lastViewedAt } } } }`,
    );

    const shown = inOrder(mode.world.reports, (row) => row.lastViewedAt, 'DESC').slice(0, 10);
    expect(answer.data).toEqual({
      workspace: {
        reports: { nodes: shown.map(({ token, archived, lastViewedAt }) => ({ token, archived, lastViewedAt })) },
      },
    });
    expect([discovery(), rest()]).toEqual([scan(), 10]);
    expect(mode.ledger.entries.map((entry) => entry.path).filter((path) => path.includes('/reports/'))).toHaveLength(
      10,
    );
  });

  it('with a filter that only REST can judge walks everything, and adds Discovery’s facts', async () => {
    const { answer } = await bill(
      mode,
      gateway,
      `{ workspace { reports(first: 100, filter: { archived: false }, orderBy: { field: LAST_VIEWED_AT, direction: DESC }) {
        totalCount nodes { token lastViewedAt archived } } } }`,
    );
    const live = mode.world.reports.filter((row) => !row.archived);
    expect(answer.data).toEqual({
      workspace: {
        reports: {
          totalCount: live.length,
          nodes: inOrder(live, (row) => row.lastViewedAt, 'DESC')
            .slice(0, 100)
            .map(({ token, lastViewedAt }) => ({ token, lastViewedAt, archived: false })),
        },
      },
    });
    expect(discovery()).toBe(scan());
    expect(rest()).toBe(walks(mode.world.collections) + Math.ceil(mode.world.collections.length / 30));
  });

  it('of a warm catalog costs REST’s part alone', async () => {
    await gateway.catalog.warm();
    const { answer, calls } = await bill(
      mode,
      gateway,
      '{ workspace { reports(first: 3) { nodes { token archived lastViewedAt viewCount creator { name } } } } }',
    );
    const shown = inOrder(mode.world.reports, (row) => row.createdAt, 'DESC').slice(0, 3);
    expect(answer.data).toEqual({
      workspace: {
        reports: {
          nodes: shown.map(({ token, archived, lastViewedAt, viewCount, creatorUsername }) => ({
            token,
            archived,
            lastViewedAt,
            viewCount,
            creator: { name: mode.world.memberByUsername.get(creatorUsername)?.name },
          })),
        },
      },
    });
    expect(calls).toHaveLength(3);
  });

  it('by fragments, aliases and edges is planned like any other', async () => {
    const { answer } = await bill(
      mode,
      gateway,
      `{ workspace { reports(first: 2) { edges { node { ...A } } } } }
       fragment A on Report { token ... on Report { put: archived } seen: lastViewedAt }`,
    );
    const shown = inOrder(mode.world.reports, (row) => row.createdAt, 'DESC').slice(0, 2);
    expect(answer.data).toEqual({
      workspace: {
        reports: {
          edges: shown.map(({ token, archived, lastViewedAt }) => ({
            node: { token, put: archived, seen: lastViewedAt },
          })),
        },
      },
    });
    expect([discovery(), rest()]).toEqual([scan(), 2]);
  });

  it('of one report asks REST once, and Discovery for its own facts', async () => {
    const report = mode.world.reports.find((row) => row.lastViewedAt !== null);
    const { answer } = await bill(
      mode,
      gateway,
      `{ report(token: "${report?.token}") { name archived lastViewedAt lastRunState } }`,
    );
    expect(answer.data).toEqual({
      report: {
        name: report?.name,
        archived: report?.archived,
        lastViewedAt: report?.lastViewedAt,
        lastRunState: report?.lastRunState,
      },
    });
    expect([discovery(), rest()]).toEqual([scan(), 1]);
  });

  describe('about a list that turns out far longer than was thought', () => {
    const eight = () => mode.world.reports.slice(0, 8);
    const named = () => ({ some: eight().map(({ token }) => ({ token })) });
    const SOME = () => `some: reports(tokens: ${JSON.stringify(eight().map((row) => row.token))}) { token }`;
    const LAST = `workspace { reports(first: 1, orderBy: { field: LAST_VIEWED_AT, direction: DESC }) {
      nodes { token lastViewedAt } } }`;
    const last = () => ({
      workspace: {
        reports: {
          nodes: inOrder(mode.world.reports, (row) => row.lastViewedAt, 'DESC')
            .slice(0, 1)
            .map(({ token, lastViewedAt }) => ({ token, lastViewedAt })),
        },
      },
    });

    beforeEach(() => {
      mode.behaviour.discoveryPageSize = 20;
    });

    afterEach(() => {
      mode.behaviour.discoveryPageSize = 150;
    });

    it('pays for its first page, and reads what was asked for one by one', async () => {
      const { answer, calls } = await bill(mode, gateway, `{ ${SOME()} }`);
      expect(answer.data).toEqual(named());
      expect(calls).toHaveLength(1 + 8);
      expect(answer.extensions?.upstream.notes).toEqual([]);
      expect((await bill(mode, gateway, `{ ${SOME()} }`)).calls).toHaveLength(8);
    });

    it('does not keep it from another field of the question that is worth the whole list', async () => {
      const { answer } = await bill(mode, gateway, `{ ${SOME()} ${LAST} }`);
      expect(answer.data).toEqual({ ...named(), ...last() });
      expect(answer.extensions?.upstream.notes).toEqual([]);
    });

    it('does not keep it from another question that is asked at the same moment', async () => {
      mode.behaviour.discoveryLatencyMs = 50;
      const asked = ask(gateway, `{ ${SOME()} }`);
      await until(() => gateway.throttle.state().running > 0);
      const [cheap, dear] = await Promise.all([asked, ask(gateway, `{ ${LAST} }`)]);
      mode.behaviour.discoveryLatencyMs = 0;
      expect(cheap.data).toEqual(named());
      expect(dear.data).toEqual(last());
      expect(dear.extensions?.upstream.notes).toEqual([]);
    });
  });

  it('outlives the first of two askers who gives up', async () => {
    mode.behaviour.discoveryLatencyMs = 50;
    const query = '{ workspace { reports(first: 1) { totalCount } } }';
    const givesUp = new AbortController();
    const first = Promise.resolve(
      gateway.yoga.fetch('http://gateway/graphql', { ...post(query), signal: givesUp.signal }),
    ).catch(() => undefined);
    await until(() => gateway.throttle.state().running > 0);
    const second = ask(gateway, query);
    givesUp.abort();
    await first;
    expect((await second).data).toEqual({ workspace: { reports: { totalCount: mode.world.reports.length } } });
    mode.behaviour.discoveryLatencyMs = 0;
  });

  describe('extensions.upstream', () => {
    it('tells each step of the plan, and when the snapshot was read', async () => {
      await gateway.catalog.refresh('reports', {});
      const asOf = gateway.catalog.peek('reports')?.asOf ?? 0;
      const { answer } = await bill(
        mode,
        gateway,
        '{ workspace { reports(first: 4) { nodes { archived lastViewedAt stats { viewCount } } } } }',
      );

      expect(answer.extensions?.upstream).toMatchObject({
        calls: { rest: 4, discovery: scan() },
        snapshotAsOf: new Date(asOf).toISOString(),
        notes: [],
      });
      expect(answer.extensions?.upstream.plan).toEqual([
        { what: 'reports', how: 'snapshot', source: 'DISCOVERY', keys: 1, calls: 0, batches: 1 },
        { what: 'reports', how: 'read', source: 'REST', keys: 1, calls: 4, batches: 1 },
        { what: 'stats', how: 'scan', source: 'STATS', keys: 1, calls: expect.any(Number) as number, batches: 1 },
      ]);
    });

    it('of a question that reads a list says so, and dates it', async () => {
      const { answer } = await bill(mode, gateway, '{ workspace { queries(first: 1) { nodes { name } } } }');
      const upstream = answer.extensions?.upstream;
      expect(upstream?.calls).toEqual({ rest: 0, discovery: discovery() });
      expect(upstream?.plan).toEqual([
        { what: 'queries', how: 'scan', source: 'DISCOVERY', keys: 1, calls: expect.any(Number) as number, batches: 1 },
      ]);
      expect(upstream?.snapshotAsOf).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    });

    it('of a question that needs nothing is empty', async () => {
      const { answer } = await bill(mode, gateway, '{ workspace { username } }');
      expect(answer.extensions?.upstream).toEqual({
        calls: { rest: 0, discovery: 0 },
        waitedMs: 0,
        plan: [],
        snapshotAsOf: null,
        notes: [],
        rateLimit: {
          limit: 100_000,
          remaining: 100_000,
          resetsAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as unknown,
          queued: 0,
          estimatedWaitSeconds: 0,
          paused: false,
          concurrency: 4,
          scope: 'PROCESS',
        },
      });
      expect(at(answer.data, 'workspace.username')).toBe('acme');
    });
  });
});
