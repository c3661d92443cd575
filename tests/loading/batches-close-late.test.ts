import type { Gateway } from '../../src/gateway.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { ask, envWithDiscovery, gatewayOver, startSmallMode, until, type Answer } from '../support/gateway.ts';
import { SteppingClock } from '../support/stepping-clock.ts';
import { inOrder } from '../support/world-order.ts';

/** Reports of which REST alone tells all that is asked, so that they come one collection after the other. */
const question = (collections: number, reports: number): string => `{
  workspace {
    collections(first: ${collections}, filter: { types: ["custom"] }) {
      nodes { reports(first: ${reports}, filter: { archived: false }) { nodes { token queries(first: 100) { totalCount } } } }
    }
  }
}`;

const queriesStep = (answer: Answer) => answer.extensions?.upstream.plan.filter(({ what }) => what === 'queries');

describe('children of parents that come one by one', () => {
  let mode: Simulator;
  let clock: SteppingClock;
  let gateway: Gateway;

  beforeEach(async () => {
    clock = new SteppingClock();
    mode = await startSmallMode({
      clock,
      size: { collections: 30, reports: 1_600, members: 12, dataSources: 3 },
      behaviour: { latencyMs: 80, discoveryLatencyMs: 80 },
    });
  }, 60_000);

  afterEach(async () => {
    await gateway.dispose();
    await mode.close();
  });

  const open = (env: Record<string, string>) => {
    gateway = gatewayOver({ ...envWithDiscovery(mode), OPERATION_TIMEOUT: '10m', ...env }, { clock });
  };

  const asking = (query: string) => clock.drive(ask(gateway, query), mode, gateway);

  const shown = (count: number) =>
    inOrder(
      mode.world.collections.filter(({ type }) => type === 'custom'),
      (row) => row.name,
    ).slice(0, count);

  /** Calls that no plan does without: the collections, each one's walk to its empty page, the pages of queries. */
  const floor = (count: number): number => {
    const sizes = shown(count).map(({ token }) => mode.world.reportsByCollection.get(token)?.length ?? 0);
    const walks = sizes.reduce((sum, size) => sum + Math.ceil(size / 30) + 1, 0);
    return 1 + walks + Math.ceil(mode.world.queries.length / 1_000);
  };

  const truth = (count: number, reports: number) =>
    shown(count).map(({ token }) => ({
      reports: {
        nodes: inOrder(
          (mode.world.reportsByCollection.get(token) ?? []).filter(({ archived }) => !archived),
          (row) => row.createdAt,
          'DESC',
        )
          .slice(0, reports)
          .map((row) => ({
            token: row.token,
            queries: { totalCount: mode.world.queriesByReport.get(row.token)?.length ?? 0 },
          })),
      },
    }));

  it('20 x 50 behind a busy limiter are one batch, and cost what the best plan costs', async () => {
    open({ MODE_RATE_LIMIT: '40/10s' });
    const answer = await asking(question(20, 50));
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject({ workspace: { collections: { nodes: truth(20, 50) } } });
    // Those that come when the scan is over find it in the snapshot.
    expect(queriesStep(answer)?.filter(({ calls }) => calls > 0)).toMatchObject([{ how: 'scan', batches: 1 }]);
    expect(mode.ledger.entries).toHaveLength(floor(20));
    expect(mode.ledger.maxInWindow(10_000)).toBeLessThanOrEqual(40);
  }, 60_000);

  it('20 x 50 the same with no limit, and latency that differs from call to call', async () => {
    open({ MODE_CONCURRENCY: '20' });
    for (let each = 0; each < 20; each++) {
      mode.faults.inject({
        match: /spaces\/\w+\/reports/,
        kind: 'slow',
        skip: each,
        times: 1,
        delayMs: (each * 37) % 200,
      });
    }
    const answer = await asking(question(20, 50));
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject({ workspace: { collections: { nodes: truth(20, 50) } } });
    expect(queriesStep(answer)?.filter(({ calls }) => calls > 0)).toMatchObject([{ how: 'scan', batches: 1 }]);
    expect(mode.ledger.entries).toHaveLength(floor(20));
  }, 60_000);

  it.each(['40/10s', '100000/100ms'])(
    '20 x 3: so few of one parent are not read one by one while others are on their way (%s)',
    async (limit) => {
      open({ MODE_RATE_LIMIT: limit });
      const answer = await asking(question(20, 3));
      expect(answer.errors).toBeUndefined();
      expect(answer.data).toMatchObject({ workspace: { collections: { nodes: truth(20, 3) } } });
      expect(queriesStep(answer)?.filter(({ calls }) => calls > 0)).toMatchObject([{ how: 'scan', batches: 1 }]);
      expect(mode.ledger.entries).toHaveLength(floor(20));
    },
    60_000,
  );

  it('so few that a scan is not worth it are read by the key, in one batch, when the last parent has come', async () => {
    open({ MODE_RATE_LIMIT: '40/10s' });
    const answer = await asking(question(3, 1));
    expect(answer.data).toMatchObject({ workspace: { collections: { nodes: truth(3, 1) } } });
    const withQueries = truth(3, 1).flatMap(({ reports }) =>
      reports.nodes.filter(({ queries }) => queries.totalCount > 0),
    );
    expect(queriesStep(answer)).toMatchObject([{ how: 'read', calls: withQueries.length, batches: 1 }]);
    expect(mode.ledger.calls({ api: 'DISCOVERY', path: 'queries' })).toEqual([]);
    expect(mode.ledger.entries).toHaveLength(
      floor(3) - Math.ceil(mode.world.queries.length / 1_000) + withQueries.length,
    );
  }, 60_000);
});

describe('two questions that wait at the same time', () => {
  let mode: Simulator;
  let gateway: Gateway;

  afterEach(async () => {
    await gateway.dispose();
    await mode.close();
  });

  it('are planned together: what each would read by the key, they scan', async () => {
    const clock = new SteppingClock();
    mode = await startSmallMode({
      clock,
      behaviour: { latencyMs: 50, discoveryLatencyMs: 50 },
      size: { reports: 2_400 },
    });
    gateway = gatewayOver({ ...envWithDiscovery(mode), MODE_RATE_LIMIT: '1/1s', OPERATION_TIMEOUT: '10m' }, { clock });
    const tokens = mode.world.reports.map(({ token }) => token);
    const reading = (from: number) =>
      ask(gateway, 'query ($tokens: [String!]!) { reports(tokens: $tokens) { name } }', {
        tokens: tokens.slice(from, from + 2),
      });
    await clock.drive(gateway.catalog.refresh('members', {}), mode, gateway);
    mode.ledger.clear();
    // The window is taken: both wait for it.
    const answers = await clock.drive(Promise.all([reading(0), reading(2), reading(4)]), mode, gateway);
    expect(answers.map(({ data }) => data)).toEqual(
      [0, 2, 4].map((from) => ({
        reports: mode.world.reports.slice(from, from + 2).map(({ name }) => ({ name })),
      })),
    );
    // Three pages, and not six reads.
    expect(mode.ledger.entries.map(({ api }) => api)).toEqual(['DISCOVERY', 'DISCOVERY', 'DISCOVERY']);
  }, 60_000);

  it.each([
    ['a read', '{ report(token: "TOKEN") { name layoutless: archived } }'],
    ['a walk', '{ collection(token: "HOME") { reports { nodes { archived } } } }'],
    [
      'a read of what the report holds',
      '{ report(token: "TOKEN") { archived queries { nodes { updatedAt charts { totalCount } } } } }',
    ],
  ])('share %s', async (_, text) => {
    mode = await startSmallMode({ behaviour: { latencyMs: 20 } });
    gateway = gatewayOver({ ...envWithDiscovery(mode), MODE_DISCOVERY: 'off' });
    const [report] = mode.world.reports;
    const query = text.replace('TOKEN', report?.token ?? '').replace('HOME', report?.collectionToken ?? '');
    const alone = await ask(gateway, query);
    const bill = mode.ledger.entries.length;
    mode.ledger.clear();
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => ask(gateway, query)));
    for (const answer of answers) expect(answer.data).toEqual(alone.data);
    expect(mode.ledger.entries).toHaveLength(bill);
    // Each call stands on one bill.
    const billed = answers.map(({ extensions }) => extensions?.upstream.calls.rest ?? 0);
    expect(billed.reduce((sum, calls) => sum + calls)).toBe(bill);
  });

  it('and a caller who wants it live does not take what was asked for before', async () => {
    mode = await startSmallMode({ behaviour: { latencyMs: 200 } });
    gateway = gatewayOver({ ...envWithDiscovery(mode), MODE_DISCOVERY: 'off' });
    const query = `{ report(token: "${mode.world.reports[0]?.token ?? ''}") { name } }`;
    const early = ask(gateway, query);
    await until(() => mode.ledger.entries.length === 1);
    const init = { method: 'POST', body: JSON.stringify({ query }) };
    const live = gateway.yoga.fetch('http://gateway/graphql', {
      ...init,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' },
    });
    await Promise.all([early, live]);
    expect(mode.ledger.entries).toHaveLength(2);
  });
});
