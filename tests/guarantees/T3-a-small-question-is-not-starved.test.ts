import type { Gateway } from '../../src/gateway.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { ask, envFor, envWithDiscovery, gatewayOver, post, startSmallMode, type Answer } from '../support/gateway.ts';
import { SteppingClock } from '../support/stepping-clock.ts';

const REPORTS = 'query ($tokens: [String!]!) { reports(tokens: $tokens) { name } }';

describe('T3: a small question is not starved by a large one', () => {
  let mode: Simulator;
  let clock: SteppingClock;
  let gateway: Gateway;

  afterEach(async () => {
    await gateway.dispose();
    await mode.close();
  });

  const turn = () => new Promise((resolve) => setImmediate(resolve));

  const askAs = async (key: string, query: string, variables = {}): Promise<Answer> => {
    const request = post(query, variables);
    const headers = { ...(request.headers as Record<string, string>), 'x-api-key': key };
    const response = await gateway.yoga.fetch('http://gateway/graphql', { ...request, headers });
    return (await response.json()) as Answer;
  };

  it.each(['the same key', 'keys of their own'])(
    'a thousand reads of one and one of another: the other’s is among the next two to go (%s)',
    async (keys) => {
      clock = new SteppingClock();
      mode = await startSmallMode({ clock, size: { reports: 1_001 }, behaviour: { latencyMs: 100 } });
      gateway = gatewayOver(
        {
          ...envFor(mode),
          MODE_RATE_LIMIT: '40/10s',
          MAX_PAGE_SIZE: '1000',
          OPERATION_TIMEOUT: '10m',
          GATEWAY_API_KEYS: 'first-key,second-key',
        },
        { clock },
      );
      const tokens = mode.world.reports.map(({ token }) => token);
      const last = tokens[1_000] ?? '';
      const many = askAs('first-key', REPORTS, { tokens: tokens.slice(0, 1_000) });
      let asked = 0;
      let one: Promise<Answer> | undefined;
      const all = (async () => {
        while (mode.ledger.entries.length < 10) await turn();
        asked = mode.ledger.entries.length;
        one = askAs(keys === 'the same key' ? 'first-key' : 'second-key', REPORTS, { tokens: [last] });
        return one;
      })();
      const answer = await clock.drive(all, mode, gateway);
      expect(answer.data).toEqual({ reports: [{ name: mode.world.reports[1_000]?.name }] });
      const place = mode.ledger.entries.findIndex(({ path }) => path.includes(last));
      // Those under way had been let go before it asked.
      expect(place).toBeLessThanOrEqual(asked + 4 + 1);
      const whole = await clock.drive(many, mode, gateway);
      expect(whole.errors).toBeUndefined();
      expect(mode.ledger.entries).toHaveLength(1_001);
      expect(mode.ledger.maxInWindow(10_000)).toBeLessThanOrEqual(40);
    },
    60_000,
  );

  it('keys share by their weights', async () => {
    clock = new SteppingClock();
    mode = await startSmallMode({ clock, size: { reports: 400 }, behaviour: { latencyMs: 100 } });
    gateway = gatewayOver(
      {
        ...envFor(mode),
        MODE_RATE_LIMIT: '40/10s',
        MODE_CONCURRENCY: '1',
        MAX_PAGE_SIZE: '1000',
        OPERATION_TIMEOUT: '10m',
        GATEWAY_API_KEYS: 'light-key,heavy-key',
        GATEWAY_KEY_WEIGHTS: 'key-2:3',
      },
      { clock },
    );
    const tokens = mode.world.reports.map(({ token }) => token);
    const [light, heavy] = [tokens.slice(0, 200), tokens.slice(200)];
    const both = Promise.all([
      askAs('light-key', REPORTS, { tokens: light }),
      askAs('heavy-key', REPORTS, { tokens: heavy }),
    ]);
    for (const { errors } of await clock.drive(both, mode, gateway)) expect(errors).toBeUndefined();
    const ofHeavy = mode.ledger.entries.slice(0, 160).filter(({ path }) => heavy.some((token) => path.includes(token)));
    expect(ofHeavy.length).toBeGreaterThanOrEqual(118);
    expect(ofHeavy.length).toBeLessThanOrEqual(122);
  }, 60_000);

  it('who asks for one of the thousand that another has asked for gets it as soon, and it is read once', async () => {
    clock = new SteppingClock();
    mode = await startSmallMode({ clock, size: { reports: 300 }, behaviour: { latencyMs: 100 } });
    gateway = gatewayOver(
      { ...envFor(mode), MODE_RATE_LIMIT: '40/10s', MAX_PAGE_SIZE: '1000', OPERATION_TIMEOUT: '10m' },
      { clock },
    );
    const tokens = mode.world.reports.map(({ token }) => token);
    const last = tokens.at(-1) ?? '';
    const many = ask(gateway, REPORTS, { tokens });
    let asked = 0;
    const one = (async () => {
      while (mode.ledger.entries.length < 10) await turn();
      asked = mode.ledger.entries.length;
      return ask(gateway, REPORTS, { tokens: [last] });
    })();
    const answer = await clock.drive(one, mode, gateway);
    expect(answer.errors).toBeUndefined();
    expect(mode.ledger.entries.findIndex(({ path }) => path.includes(last))).toBeLessThanOrEqual(asked + 4 + 1);
    await clock.drive(many, mode, gateway);
    expect(mode.ledger.calls({ path: last })).toHaveLength(1);
    expect(mode.ledger.entries).toHaveLength(300);
  }, 60_000);

  it('a refresh behind everybody is running: a question of one call waits for what is under way, and no more', async () => {
    clock = new SteppingClock();
    mode = await startSmallMode({
      clock,
      behaviour: { latencyMs: 100, discoveryLatencyMs: 100, discoveryPageSize: 10 },
      size: { reports: 150, queries: 200, charts: 100 },
    });
    gateway = gatewayOver(
      { ...envWithDiscovery(mode), MODE_RATE_LIMIT: '40/10s', OPERATION_TIMEOUT: '10m' },
      { clock },
    );
    const warming = gateway.catalog.warm();
    const token = mode.world.reports[7]?.token ?? '';
    let asked = 0;
    const question = (async () => {
      while (mode.ledger.entries.length < 20) await turn();
      asked = mode.ledger.entries.length;
      return ask(gateway, `{ report(token: "${token}") { name archived } }`);
    })();
    const answer = await clock.drive(question, mode, gateway);
    expect(answer.data).toEqual({
      report: { name: mode.world.reports[7]?.name, archived: mode.world.reports[7]?.archived },
    });
    const place = mode.ledger.entries.findIndex(({ path }) => path.includes(`reports/${token}`));
    expect(place).toBeGreaterThanOrEqual(asked);
    // Three connections are the background's; what was on its way is what was let go before.
    expect(place).toBeLessThanOrEqual(asked + 3);
    expect(answer.extensions?.upstream.waitedMs).toBeLessThanOrEqual(100);
    await clock.drive(warming, mode, gateway);
    expect(mode.ledger.entries.length).toBeGreaterThan(44);
  }, 60_000);
});
