import type { Gateway } from '../../src/gateway.ts';
import { listen, type RunningServer } from '../../src/server/http-server.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { askAt, envFor, gatewayOver, startSmallMode, type Answer } from '../support/gateway.ts';
import { HOSTILE } from '../support/hostile-corpus.ts';

describe('S2: a document over the bounds is refused before it costs an upstream call', () => {
  const unforeseen: unknown[] = [];
  let mode: Simulator;
  let gateway: Gateway;
  let server: RunningServer;

  beforeAll(async () => {
    mode = await startSmallMode();
    const env = { ...envFor(mode), MAX_UPSTREAM_CALLS: '160' };
    gateway = gatewayOver(env, { reportError: (error) => unforeseen.push(error) });
    server = await listen(gateway.yoga, { host: '127.0.0.1', port: 0, drainMs: 500, requestTimeoutMs: 400 });
  });

  beforeEach(() => mode.ledger.clear());

  afterAll(async () => {
    await server.stop();
    await gateway.dispose();
    await mode.close();
  });

  it('there are more than a hundred of them, each with a name of its own', () => {
    expect(HOSTILE.length).toBeGreaterThan(100);
    expect(new Set(HOSTILE.map(({ name }) => name)).size).toBe(HOSTILE.length);
  });

  it.each(HOSTILE.map((each) => [each.name, each] as const))('%s', async (_, { send, expected }) => {
    const { status, text } = await send(server.url);

    expect(expected.status).toContain(status);
    const { errors = [] } = JSON.parse(text) as Answer;
    expect(errors.length).toBeGreaterThan(0);
    expect([...new Set(errors.map(({ extensions }) => extensions?.code))]).toEqual([expected.code]);
    if (expected.bound !== undefined) {
      expect(errors[0]?.extensions).toMatchObject({ bound: expected.bound });
      const limit = errors[0]?.extensions?.limit;
      expect(typeof limit).toBe('number');
      expect(errors[0]?.message).toContain(String(limit as number));
    }
    // Compared as a yes or no: some of these answers quote what they were sent.
    expect(/"stack"|\.[tj]s:\d+|node_modules/.test(text)).toBe(false);
    expect(mode.ledger.entries).toEqual([]);
    expect(unforeseen).toEqual([]);
  });

  it('after all of that a question is answered', async () => {
    const answer = await askAt(server.url, '{ workspace { name collections { totalCount } } }');
    expect(answer.data).toEqual({
      workspace: { name: mode.world.workspace.name, collections: { totalCount: mode.world.collections.length } },
    });
  });

  it('all of that at once is refused no less, and a question among it is answered', async () => {
    const refused = Promise.all(HOSTILE.map(async ({ send }) => (await send(server.url)).status));
    const answer = await askAt(server.url, '{ workspace { collections { totalCount } } }');
    expect(answer.data).toEqual({ workspace: { collections: { totalCount: mode.world.collections.length } } });
    for (const status of await refused) expect(status).toBeLessThan(500);
    expect(mode.ledger.entries).toHaveLength(1);
    expect(unforeseen).toEqual([]);
  });
});
